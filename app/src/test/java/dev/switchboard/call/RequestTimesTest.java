package dev.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Why a worker that is gone, or only thought to be, sends nothing that somebody else has done since. */
class RequestTimesTest {
    /** The write that says that a request is made, the way to it, and the wait for its answer. */
    @Test
    void a_request_is_over_by_its_longest() {
        Duration all =
                RequestTimes.TRUSTED_AMONG_COPIES.plus(RequestTimes.HELD_UP).plus(RequestTimes.GIVEN_UP_AFTER);
        assertThat(RequestTimes.LONGEST).isGreaterThanOrEqualTo(all);
    }

    @Test
    void a_lease_outlasts_the_request_that_is_made_under_it() {
        Duration left = RequestTimes.ENOUGH.minus(RequestTimes.TRUSTED_ALONE);
        assertThat(left).isGreaterThanOrEqualTo(RequestTimes.HELD_UP.plus(RequestTimes.GIVEN_UP_AFTER));
        assertThat(RequestTimes.LEASE).isGreaterThan(RequestTimes.ENOUGH);
    }

    /** Buried after so many seconds without a beat, the last of which may have come right before it was stopped. */
    @Test
    void a_copy_that_was_stopped_sends_nothing_once_it_may_have_been_buried() {
        Duration buriedAfter = RequestTimes.SILENT.minus(RequestTimes.BEAT);
        assertThat(RequestTimes.TRUSTED_AMONG_COPIES.plus(RequestTimes.HELD_UP)).isLessThan(buriedAfter);
    }
}
