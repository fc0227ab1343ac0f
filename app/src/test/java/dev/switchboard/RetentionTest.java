package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Call;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ended Calls are forgotten when the clock says that they are old enough. */
class RetentionTest {
    private static final String ENDED = "select count(*) from calls where ended_at is not null";

    @RegisterExtension
    final Office office = new Office().with("SWITCHBOARD_KEEP_DAYS", "2");

    @Test
    void what_ended_long_ago_is_forgotten_and_what_ended_since_is_kept() throws Exception {
        endOne("Long ago");
        office.clock().advance(Duration.ofHours(47));
        endOne("Since then");
        assertThat(office.count(ENDED)).isEqualTo(2);
        office.clock().advance(Duration.ofHours(2));
        eventually(() -> office.count(ENDED) == 1);
        assertThat(office.count("select count(*) from calls where title = 'Since then'"))
                .isEqualTo(1);
        assertThat(office.count("select count(*) from announcements where call_id not in (select id from calls)"))
                .isZero();
        office.clock().advance(Duration.ofHours(47));
        eventually(() -> office.count(ENDED) == 0);
    }

    @Test
    void a_live_Call_stays_however_old_it_is() throws Exception {
        endOne("Long ago");
        office.startCall(office.ana(), "/call Still going on", office.random());
        office.clock().advance(Duration.ofDays(3));
        eventually(() -> office.count(ENDED) == 0);
        assertThat(office.liveCalls()).isEqualTo(1);
    }

    private void endOne(String title) throws SQLException {
        Call call = office.startCall(office.ana(), "/call " + title, office.general());
        office.types(office.ana(), "/call end", office.general());
        eventually(call::ended);
        office.atRest();
    }
}
