package dev.switchboard.meeting.jitsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.switchboard.call.Presence.Live;
import dev.switchboard.call.Presence.Occupant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are those seen of real servers. */
class RosterTest {
    private static Live live(String text) {
        return Roster.read(text).orElseThrow().live();
    }

    private static String row(String resource, String name, String email) {
        return "{\"jid\":\"incident-7f3k@conference.meet.test\\/" + resource + "\",\"display_name\":\"" + name
                + "\",\"email\":\"" + email + "\"}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", " { } "})
    void nobody_is_written_in_two_ways(String text) {
        assertThat(live(text)).isEqualTo(new Live(List.of(), 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "3",
                "\"[]\"",
                "{\"error\":1}",
                "[",
                "[1]",
                "[[]]",
                "[{}]]",
                "<html></html>",
                "<!DOCTYPE html>",
                "[{'jid':'a'}]",
                "OK"
            })
    void anything_else_says_nothing(String text) {
        assertThat(Roster.read(text)).isEmpty();
    }

    @Test
    void a_name_that_can_not_be_unescaped_is_shown_as_it_is_and_hides_nobody() {
        assertThat(live("[" + row("a", "&#x110000;", "&#99999999;") + "," + row("b", "Ada", "") + "]")
                        .people())
                .extracting(Occupant::name)
                .containsExactly("&#x110000;", "Ada");
    }

    @Test
    void both_generations_of_a_row_are_read() {
        String older = "[{\"email\":\"ada@corp.test\",\"jid\":\"incident-7f3k@conference.meet.test/8f3a2b1c\","
                + "\"display_name\":\"Ada Lovelace\"}]";
        assertThat(live("[" + row("8f3a2b1c", "Ada Lovelace", "ada@corp.test") + "]"))
                .isEqualTo(live(older));
        assertThat(live(older).people()).singleElement().satisfies(ada -> {
            assertThat(ada.name()).isEqualTo("Ada Lovelace");
            assertThat(ada.email()).contains("ada@corp.test");
            assertThat(ada.key()).matches("m-[0-9a-f]{16}");
        });
        assertThat(Roster.read(older).orElseThrow().mucDomain()).contains("conference.meet.test");
    }

    @Test
    void what_the_client_escaped_is_plain_again() {
        assertThat(live("[" + row("1", "O&#39;Brien &amp; &lt;Söhne&gt; &amp;lt;", "o&#39;b@corp.test") + "]")
                        .people())
                .extracting(Occupant::name, Occupant::email)
                .containsExactly(tuple("O'Brien & <Söhne> &lt;", Optional.of("o'b@corp.test")));
    }

    @Test
    void one_address_is_one_person_in_capitals_or_not() {
        assertThat(live("[" + row("1", "Ada", "ada@corp.test") + "," + row("2", "Ada (phone)", "ADA@corp.test") + "]")
                        .people())
                .hasSize(1);
    }

    @Test
    void a_name_with_and_without_an_address_are_two() {
        assertThat(live("[" + row("1", "Ada", "ada@corp.test") + "," + row("2", "Ada", "") + "]")
                        .people())
                .hasSize(2);
    }

    @Test
    void order_and_tabs_addresses_make_no_difference() {
        List<Occupant> before = live("[" + row("b", "Alex", "") + "," + row("a", "Alex", "") + "]")
                .people();
        List<Occupant> after = live("[" + row("c", "Alex", "") + "," + row("d", "Alex", "") + "]")
                .people();
        assertThat(before).hasSize(2).containsExactlyInAnyOrderElementsOf(after);
    }

    @Test
    void blank_rows_are_counted_and_nobody() {
        String blank = row("1", "", "") + "," + row("2", "\\u200b \\u0007", "not an address") + ",{\"jid\":null}";
        assertThat(live("[" + blank + "]")).isEqualTo(new Live(List.of(), 3));
    }

    @Test
    void an_address_alone_has_its_first_part_as_a_name() {
        assertThat(live("[" + row("1", "", "ada@corp.test") + "]").people())
                .extracting(Occupant::name)
                .containsExactly("ada");
    }

    @Test
    void endless_names_are_cut_between_characters() {
        String name = live("[" + row("1", "👩‍🚀".repeat(100), "") + "]")
                .people()
                .get(0)
                .name();
        assertThat(name.length()).isLessThanOrEqualTo(80);
        assertThat(name).endsWith("👩‍🚀");
    }
}
