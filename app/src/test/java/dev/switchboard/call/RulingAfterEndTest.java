package dev.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.Ruling.Fate;
import org.junit.jupiter.api.Test;

/** What follows from a look at the room of a Call that has ended. */
class RulingAfterEndTest extends Looks {
    @Test
    void people_who_are_still_in_begin_no_new_one() {
        after(10, ANA_IN);
        end();
        assertThat(after(60, ANA_IN).fate()).isEqualTo(Fate.UNCHANGED);
    }

    @Test
    void people_who_come_back_do() {
        after(10, ANA_IN);
        end();
        after(60, GONE);
        after(5, GONE);
        assertThat(after(60, ERROR).fate()).isEqualTo(Fate.UNCHANGED);
        assertThat(after(60, ANA_IN).fate()).isEqualTo(Fate.REVIVED);
    }

    @Test
    void a_room_that_seems_empty_for_one_look_has_not_been_left() {
        after(10, ANA_IN);
        end();
        assertThat(after(60, GONE).due()).contains(now.plusSeconds(5));
        assertThat(after(5, ANA_IN).fate()).isEqualTo(Fate.UNCHANGED);
        after(60, GONE);
        after(5, GONE);
        assertThat(after(60, ANA_IN).fate()).isEqualTo(Fate.REVIVED);
    }

    @Test
    void whoever_comes_right_after_it_ended_for_want_of_people_begins_a_new_one() {
        after(10, ANA_IN);
        after(10, NOBODY);
        assertThat(after(120, NOBODY).fate()).isEqualTo(Fate.OVER);
        end();
        assertThat(after(10, ANA_IN).fate()).isEqualTo(Fate.REVIVED);
    }

    @Test
    void looks_get_rarer_and_stop_after_a_day() {
        end();
        after(60, GONE);
        assertThat(after(5, GONE).due()).contains(now.plusSeconds(60));
        assertThat(after(10 * 3_600, GONE).due().orElseThrow()).isAfter(now.plusSeconds(1_800));
        assertThat(after(14 * 3_600, GONE).due()).isEmpty();
    }

    @Test
    void a_server_that_does_not_tell_has_not_shown_that_they_left() {
        after(10, ANA_IN);
        end();
        after(60, ERROR);
        after(5, ERROR);
        assertThat(after(60, ANA_IN).fate()).isEqualTo(Fate.UNCHANGED);
    }

    @Test
    void where_there_are_recordings_it_is_looked_at_after_a_new_one_began_too() {
        after(10, ANA_IN);
        end();
        after(60, GONE);
        after(5, GONE);
        Ruling revived = after(ANA_IN, true);
        assertThat(revived.fate()).isEqualTo(Fate.REVIVED);
        assertThat(revived.due()).isPresent();
    }
}
