package dev.switchboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.postgres.OnPostgres;
import dev.switchboard.postgres.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Why a PostgreSQL database can't be used is told in words, without the password. */
@ExtendWith(OnPostgres.class)
class PostgresRefusalsTest {
    private final Postgres postgres;
    private final String url;

    PostgresRefusalsTest(Postgres postgres) throws Exception {
        this.postgres = postgres;
        this.url = postgres.createDatabase();
    }

    private void assertRefused(String database, String user, String password, String words) {
        assertThatThrownBy(() -> LedgerDatabase.open(database, Optional.of(user), Optional.of(password)))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining(words)
                .message()
                .doesNotContain(password)
                .doesNotContain("\n");
    }

    private void assertRefused(String database, String words) {
        assertRefused(database, postgres.user(), postgres.password(), words);
    }

    @Test
    void a_server_that_is_not_there() throws IOException {
        int port;
        try (ServerSocket nobody = new ServerSocket(0)) {
            port = nobody.getLocalPort();
        }
        assertRefused("jdbc:postgresql://127.0.0.1:" + port + "/x", "can't be reached");
        assertRefused("jdbc:postgresql://nowhere.invalid/x", "a host that nobody knows");
    }

    @Test
    void a_server_that_comes_up_in_time_is_waited_for() throws Exception {
        try (Postgres own = Postgres.start()) {
            own.stop();
            CompletableFuture<LedgerDatabase> opening = CompletableFuture.supplyAsync(() -> LedgerDatabase.open(
                    own.url("postgres"), Optional.of(own.user()), Optional.of(own.password()), Duration.ofMinutes(1)));
            own.startAgain();
            opening.get().close();
        }
    }

    /** A server that restarts: the first connection finds it up, and the next one doesn't. */
    @Test
    void a_server_that_goes_once_more_is_waited_for_too() throws Exception {
        try (Postgres own = Postgres.start()) {
            AtomicInteger tries = new AtomicInteger();
            String opened = PostgresServer.patiently(Duration.ofMinutes(1), () -> {
                PostgresServer server =
                        new PostgresServer(own.url("postgres"), Optional.of(own.user()), Optional.of(own.password()));
                server.knock();
                return tries.incrementAndGet() == 1 ? stopped(own, server) : "opened";
            });

            assertThat(opened).isEqualTo("opened");
        }
    }

    private static String stopped(Postgres own, PostgresServer server) {
        try {
            own.stop();
            CompletableFuture.runAsync(() -> {
                try {
                    own.startAgain();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Schema.migrate(server.withoutLimits(), true);
            return "though it was stopped";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_wrong_password_or_user() {
        assertRefused(url, postgres.user(), "not-it", "wrong user or password");
        assertRefused(url, "nobody-here", "not-it", "wrong user or password");
    }

    @Test
    void user_and_password_may_stand_among_the_urls_options() {
        String complete =
                url + (url.contains("?") ? "&" : "?") + "user=" + postgres.user() + "&password=" + postgres.password();

        assertThatCode(() -> LedgerDatabase.open(complete, Optional.empty(), Optional.empty())
                        .close())
                .doesNotThrowAnyException();
    }

    @Test
    void an_sslmode_that_there_is_not() {
        assertRefused(url + (url.contains("?") ? "&" : "?") + "sslmode=wrong", "asks for an sslmode");
    }

    @Test
    void a_database_that_does_not_exist() {
        assertRefused(postgres.url("no_such_database"), "a database that doesn't exist");
    }

    @Test
    void tls_that_the_server_does_not_offer() {
        assertRefused(url + "?sslmode=require", "asks for TLS");
    }

    @Test
    void a_user_who_may_not_create_tables() throws Exception {
        postgres.execute("drop role if exists guest");
        postgres.execute("create role guest login password 'guest-password'");
        assertRefused(url, "guest", "guest-password", "may not create tables");
    }

    @Test
    void a_replica_that_cannot_be_written_to() {
        assertRefused(url + "?options=-c%20default_transaction_read_only=on", "can't be written to");
    }

    @Test
    void a_schema_that_a_newer_version_has_added_to_is_worked_with_and_one_it_has_broken_with_is_not()
            throws Exception {
        open().close();
        pretendToHaveRun("99");
        open().close();
        pretendToHaveRun("100");
        assertRefused(url, "newer");
    }

    private LedgerDatabase open() {
        return LedgerDatabase.open(url, Optional.of(postgres.user()), Optional.of(postgres.password()));
    }

    private void pretendToHaveRun(String version) throws Exception {
        try (Connection connection = postgres.connect(url);
                Statement statement = connection.createStatement()) {
            int added = statement.executeUpdate("insert into flyway_schema_history (installed_rank, version,"
                    + " description, type, script, installed_by, execution_time, success) values (" + version + ", '"
                    + version + "', 'from the future', 'SQL', 'V" + version + "__future.sql', 'x', 1, true)");
            assertThat(added).isEqualTo(1);
        }
    }
}
