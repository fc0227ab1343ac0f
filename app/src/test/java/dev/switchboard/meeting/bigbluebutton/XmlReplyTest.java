package dev.switchboard.meeting.bigbluebutton;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.call.Presence.Absent;
import dev.switchboard.call.Presence.Live;
import dev.switchboard.call.Presence.Occupant;
import dev.switchboard.call.Presence.Unknown;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers follow the API's documentation. */
class XmlReplyTest {
    private static Optional<XmlReply> read(String xml) {
        return XmlReply.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static Meeting meeting(String members) {
        return Meeting.read(read("<response><returncode>SUCCESS</returncode>" + members + "</response>")
                .orElseThrow()
                .response());
    }

    private static String attendee(String id, String name) {
        return "<attendee><userID>" + id + "</userID><fullName>" + name + "</fullName><role>VIEWER</role></attendee>";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<response><returncode>FAILED</returncode><messageKey>notFound</messageKey><message>x</message></response>",
                "<response><returncode>FAILED</returncode><errors><error key=\"notFound\""
                        + " message=\"x\"/></errors></response>",
            })
    void both_shapes_of_an_error_are_read(String xml) {
        assertThat(read(xml)).hasValueSatisfying(reply -> {
            assertThat(reply.notFound()).isTrue();
            assertThat(reply.why()).isEqualTo("notFound");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OK",
                "<html><body>502</body></html>",
                "<response/>",
                "<response><returncode>SUCCESS</returncode>",
                "<!DOCTYPE response><response><returncode>SUCCESS</returncode></response>",
                "<!DOCTYPE r [<!ENTITY a \"b\">]><response><returncode>&a;</returncode></response>",
                "<other><returncode>SUCCESS</returncode></other>",
            })
    void what_is_not_the_apis_is_not_read(String body) {
        assertThat(read(body)).isEmpty();
    }

    @Test
    void endless_nesting_is_not_read() {
        assertThat(read("<response><returncode>" + "<a>".repeat(50_000) + "</a>".repeat(50_000)
                        + "</returncode></response>"))
                .isEmpty();
    }

    @Test
    void a_reason_is_a_word_whatever_the_server_writes() {
        assertThat(read("<response><returncode>FAILED</returncode><messageKey>a b\n&lt;c&gt;</messageKey></response>"))
                .hasValueSatisfying(reply -> assertThat(reply.why()).isEqualTo("a?b??c?"));
    }

    @Test
    void a_meeting_that_ended_is_gone_though_it_is_still_described() {
        assertThat(meeting("<hasBeenForciblyEnded>true</hasBeenForciblyEnded>").presence())
                .isEqualTo(new Absent());
        assertThat(meeting("<endTime>1531241811570</endTime>").presence()).isEqualTo(new Absent());
        assertThat(meeting("<endTime>0</endTime><hasBeenForciblyEnded>false</hasBeenForciblyEnded><attendees/>")
                        .presence())
                .isInstanceOf(Live.class);
    }

    @Test
    void a_meeting_that_names_nobody_at_all_is_not_an_empty_one() {
        assertThat(meeting("<running>true</running>").presence()).isInstanceOf(Unknown.class);
    }

    @Test
    void ids_of_slack_are_persons_others_are_told_apart_as_well_as_can_be() {
        Live live = (Live) meeting("<attendees>"
                        + attendee("U0123ABCD", "Ana &amp; &lt;Bo&gt;")
                        + attendee("U0123ABCD", "Ana")
                        + attendee("w_abc", "Gus")
                        + attendee("w_abd", "Gus")
                        + attendee("v_xyz", "")
                        + attendee("gl-17", "Cy")
                        + "</attendees>")
                .presence();
        assertThat(live.nameless()).isEqualTo(1);
        assertThat(live.people())
                .extracting(Occupant::name)
                .containsExactlyInAnyOrder("Ana & <Bo>", "Gus", "Gus", "Cy");
        assertThat(live.people()).extracting(Occupant::key).doesNotHaveDuplicates();
        assertThat(live.people())
                .filteredOn(person -> person.slackId().isPresent())
                .extracting(Occupant::key)
                .containsExactly("U0123ABCD");
    }
}
