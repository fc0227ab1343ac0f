package dev.switchboard.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:file:./data/ledger",
                "jdbc:h2:file:/var/lib/switchboard/ledger;CIPHER=AES",
                "jdbc:h2:~/ledger",
                "jdbc:h2:/ledger",
                "jdbc:h2:C:/data/ledger",
                "jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1;MODE=PostgreSQL",
                "jdbc:postgresql://db/switchboard",
                "jdbc:postgresql://db1.example.com:5433,db2/switchboard?sslmode=verify-full&sslrootcert=/etc/ca.pem",
                "jdbc:postgresql://[::1]:5432/switchboard",
            })
    void a_file_or_memory_of_h2_or_a_database_of_postgresql_is_kept_with_its_options(String url) {
        assertThat(Given.settings("SWITCHBOARD_DATABASE_URL", url).database().url())
                .isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgres://me:hush@db/x              | is for PostgreSQL, but not as JDBC writes it:"
                        + " jdbc:postgresql://host/database, with SWITCHBOARD_DATABASE_USER and"
                        + " SWITCHBOARD_DATABASE_PASSWORD",
                "jdbc:postgresql://me:hush@db/x       | must not hold user and password; set"
                        + " SWITCHBOARD_DATABASE_USER and SWITCHBOARD_DATABASE_PASSWORD",
                "jdbc:postgresql:hush                 | must name a host and a database, as"
                        + " jdbc:postgresql://host/database",
                "jdbc:postgresql://db?password=hush   | must name a host and a database, as"
                        + " jdbc:postgresql://host/database",
                "jdbc:mysql://me:hush@db/x            | must start with jdbc:h2: or jdbc:postgresql://",
                "./ledger                             | must start with jdbc:h2: or jdbc:postgresql://",
                "jdbc:h2:tcp://host/x;PASSWORD=hush   | asks for an H2 server; the program opens its database itself",
                "jdbc:h2:ssl://host/x                 | asks for an H2 server; the program opens its database itself",
                "jdbc:h2:zip:./x.zip!/x               | asks for a database in a zip file, which cannot be written to",
                "jdbc:h2:split:./x                    | must have file: or mem: or a path after jdbc:h2:",
                "jdbc:h2:mem:;DB_CLOSE_DELAY=-1       | must name the database after mem: for without a name each"
                        + " connection has its own",
                "jdbc:h2:./x;PASSWORD=hush;write_delay=0 | must not set WRITE_DELAY: H2 would write in the middle of"
                        + " commands, and a kill may then damage the ledger; leave it out",
                "jdbc:h2:./x;PASSWORD=hush;ACCESS_MODE_DATA=r | must not set ACCESS_MODE_DATA: a ledger that can only be"
                        + " read is of no use; leave it out",
                "jdbc:h2:;PASSWORD=hush               | names no file after jdbc:h2:",
                "jdbc:h2:file:                        | names no file after jdbc:h2:",
                "jdbc:h2:file:ledger                  | must have a path that starts with / or ./ or ~/",
                "jdbc:h2:~ledger                       | must have a path that starts with / or ./ or ~/",
                "jdbc:h2:data/ledger                  | must have a path that starts with / or ./ or ~/",
            })
    void any_other_url_is_refused_without_quoting_it_and_with_an_example_of_its_kind(String url, String problem) {
        String example = url.contains("postgres")
                ? "jdbc:postgresql://db.example.com/switchboard"
                : "jdbc:h2:file:./switchboard-data/switchboard";
        assertThat(Given.mistakes("SWITCHBOARD_DATABASE_URL", url))
                .containsExactly("SWITCHBOARD_DATABASE_URL: " + problem + ", for example " + example);
    }

    @Test
    void its_text_leaves_out_options_and_password() {
        assertThat(new Database("jdbc:h2:~/x;PASSWORD=hush", Optional.of("sa"), Optional.of(new Secret("hush"))))
                .hasToString("Database[url=jdbc:h2:~/x;***, user=Optional[sa], password=Optional[***]]");
        assertThat(new Database("jdbc:postgresql://db/x?password=hush", Optional.empty(), Optional.empty()))
                .hasToString("Database[url=jdbc:postgresql://db/x?***, user=Optional.empty, password=Optional.empty]");
    }
}
