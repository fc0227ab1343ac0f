package dev.switchboard;

import static dev.switchboard.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Journal.ApiCall;
import dev.switchboard.sandbox.slack.PostedMessage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A title is text, whatever people type. */
@Timeout(60)
class TitlesTest {
    /** What Slack reads between angle brackets. */
    private static final Pattern MARKUP = Pattern.compile("<([^<>]*)>");

    @RegisterExtension
    private final Office office = new Office();

    /** Of markup the bot sends only mentions of people and channels that are there, moments, and links to the room. */
    @AfterEach
    void nothing_that_was_sent_holds_markup_of_somebody_else() {
        Set<String> foreign = new TreeSet<>();
        for (String sent : sent()) {
            Matcher markup = MARKUP.matcher(sent);
            markup.results().map(MatchResult::group).filter(m -> !ours(m)).forEach(foreign::add);
        }
        assertThat(foreign).isEmpty();
        assertThat(office.slack().violations()).isEmpty();
    }

    /** All words that the bot sent: requests, and what stands in the conversations. */
    private List<String> sent() {
        Stream<String> requests = office.slack().journal().calls().stream()
                .map(ApiCall::arguments)
                .flatMap(arguments -> arguments.values().stream())
                .map(TitlesTest::asSlackReadsIt);
        Stream<PostedMessage> seen =
                Stream.concat(office.general().visibleTo(office.ana()).stream(), office.told(office.bo()).stream());
        return Stream.concat(
                        requests,
                        seen.filter(PostedMessage::fromApp)
                                .map(message -> message.text() + message.blocks() + message.unfurls()))
                .toList();
    }

    private static String asSlackReadsIt(String argument) {
        boolean json = argument.startsWith("{") || argument.startsWith("[");
        return json ? JsonParser.parseString(argument).toString() : argument;
    }

    private boolean ours(String markup) {
        Set<String> known = Stream.concat(
                        office.acme().people().stream().map(person -> "<@" + person.id() + ">"),
                        office.acme().conversations().stream().map(where -> "<#" + where.id() + ">"))
                .collect(Collectors.toSet());
        return known.contains(markup)
                || markup.equals("<@U0NOBODY>") // invited, and told of to the one who did it
                || markup.startsWith("<!date^")
                || markup.matches("<https://meet\\.example\\.com/[a-z0-9-]+\\|Join>");
    }

    static List<String> wicked() {
        return List.of(
                "&lt;!channel&gt; come &lt;!here&gt; &lt;!everyone&gt;",
                "<!channel> come <!here|here> <!subteam^S123|@team>",
                "&lt;https://evil.example|click&gt; here",
                "<https://evil.example|click> me",
                "&amp;lt;!channel&amp;gt;",
                "x &lt;@U0ANA00102&gt; y &lt;@UEVIL&gt;",
                "see <#C0GENERAL00108|general> and <@U0NOBODY|nobody>",
                "*bold* _it_ ~gone~ `code` ```block```",
                "'; drop table calls; --",
                "\" onclick=alert(1) \\u003c!channel\\u003e",
                "a\u0000b\u0007c\u001b[31md\u0085e",
                "a\nb\r\nc\td\u2028e",
                "\u202Ereversed\u202C and \u2066isolated\u2069",
                "שלום עולם مرحبا",
                "👨‍👩‍👧‍👦 family 🏳️‍🌈 day 🇨🇭",
                "<".repeat(10) + "!channel" + ">".repeat(10),
                "<!channel",
                "{\"type\":\"call\"} ${jndi:ldap://evil} %s %n {0} {}",
                "$1 \\1 $0");
    }

    @ParameterizedTest
    @MethodSource("wicked")
    void whatever_is_typed_is_shown_as_text_everywhere(String typed) {
        Call call = begin("<@" + office.bo().id() + "|bo> zz " + typed);
        office.types(office.ana(), "/call info", office.general());
        office.types(office.ana(), "/call list", office.general());
        office.types(office.ana(), "/call", office.general());
        office.types(office.ana(), "/call rename once " + call.title().orElseThrow(), office.general());
        office.types(office.bo(), "/call end", office.general());
        eventually(call::ended);
        office.types(office.ana(), "/call history", office.general());
        office.atRest();

        assertThat(call.title().orElseThrow()).doesNotContain("<", ">").startsWith("once zz");
        assertThat(call.title().orElseThrow().codePoints().filter(Character::isISOControl))
                .isEmpty();
        assertThat(call.title().orElseThrow().codePoints().filter(c -> c >= 0x202A && c <= 0x202E))
                .isEmpty();
        assertThat(office.rings(office.bo())).hasSize(1);
    }

    @Test
    void letters_signs_and_emoji_stay_as_they_are() {
        for (String title : List.of(
                "'; drop table calls; --", "*b* _i_ ~s~ `c`", "שלום עולם", "👨‍👩‍👧‍👦 family 🏳️‍🌈", "R&D: 5 > 3")) {
            Call call = office.startCall(office.ana(), "/call zz " + title, office.general());
            assertThat(call.title()).contains("zz " + title.replace('>', '›'));
        }
        assertThat(office.acme().calls()).hasSize(5);
    }

    @Test
    void a_megabyte_is_cut() {
        Call call = begin("A".repeat(1_000_000));

        assertThat(call.title().orElseThrow()).hasSizeLessThanOrEqualTo(150).startsWith("AAA");
    }

    @Test
    void a_megabyte_of_brackets_is_read_in_time() {
        Call call = begin("zz " + "<".repeat(500_000) + "@".repeat(500_000));

        assertThat(call.title().orElseThrow()).startsWith("zz").doesNotContain("<");
    }

    @Test
    void a_megabyte_of_mentions_is_read_in_time() {
        begin("<@U0NOBODY> ".repeat(80_000) + "Sync");
        office.atRest();

        assertThat(office.acme().calls()).hasSize(1);
    }

    @Test
    void three_thousand_characters_with_a_mention_of_all_are_cut() {
        Call call = begin("&lt;!channel&gt; ".repeat(180));

        assertThat(call.title().orElseThrow()).hasSizeLessThanOrEqualTo(150).doesNotContain("<");
    }

    @ParameterizedTest
    @ValueSource(ints = {130, 135, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149, 150})
    void an_emoji_at_the_cut_is_left_out_or_whole(int before) {
        String family = "👨‍👩‍👧‍👦";
        Call call = begin("a".repeat(before) + family + family);
        String title = call.title().orElseThrow();

        assertThat(title).hasSizeLessThanOrEqualTo(150);
        assertThat(title.replace(family, "").replace("…", "")).matches("a+");
    }

    @Test
    void a_letter_under_a_thousand_accents_is_cut() {
        Call call = begin("a" + "\u0301".repeat(2_000));

        assertThat(call.title().orElseThrow()).hasSizeLessThanOrEqualTo(150);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200B\u200B", "\u202E\u202C", "\u0000\u0001", "\u2060", "\u3000"})
    void what_nobody_can_see_is_no_title(String invisible) {
        Call call = begin("start " + invisible);

        assertThat(call.title()).isEmpty();
    }

    /** Sends a command with exactly this text, as Slack would have escaped it, and waits for the card. */
    private Call begin(String escaped) {
        office.slack().sendEnvelope("slash_commands", Payloads.command(office.ana(), office.general(), escaped));
        return office.callIn(office.general());
    }
}
