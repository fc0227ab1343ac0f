package dev.switchboard.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TitleTest {
    @Test
    void a_title_is_what_was_typed_with_single_spaces() {
        assertThat(title("  Weekly \t\n sync  ")).isEqualTo("Weekly sync");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n\t", "\u200b", "\u202e", "\u0007", "\u200d\u200d", "\u0301"})
    void nothing_visible_is_no_title(String typed) {
        assertThat(Title.of(typed)).isEmpty();
    }

    @Test
    void nothing_in_it_can_mention_a_channel_or_forge_a_link() {
        assertThat(title("<!channel> <https://evil.example|click> <@U1>")).doesNotContain("<", ">");
    }

    @Test
    void other_scripts_emoji_and_quotes_stay() {
        String typed = "שלום 👩‍👩‍👧‍👦 مرحبا'; drop table calls; -- R&D 日本";
        assertThat(title(typed)).isEqualTo(typed);
    }

    @Test
    void control_and_direction_overriding_characters_go() {
        assertThat(title("a\u0000b\u0007c\u202Ed\u2066e\uFEFFf\ud800g")).isEqualTo("abcdefg");
    }

    @Test
    void a_long_title_is_cut_and_says_so() {
        String cut = title("word ".repeat(600));
        assertThat(cut).hasSizeLessThanOrEqualTo(Title.MOST).endsWith("word…");
    }

    @Test
    void the_cut_falls_between_graphemes() {
        String family = "👩‍👩‍👧‍👦";
        for (int shift = 0; shift < family.length(); shift++) {
            String cut = title("x".repeat(shift) + family.repeat(100));
            String kept = cut.substring(shift, cut.length() - 1);
            assertThat(kept.length() % family.length())
                    .as("shifted by %d", shift)
                    .isZero();
        }
    }

    @Test
    void a_letter_under_a_thousand_accents_is_cut_all_the_same() {
        assertThat(title("a" + "\u0301".repeat(5_000))).hasSizeLessThanOrEqualTo(Title.MOST);
    }

    @Test
    void a_megabyte_is_a_title_like_any_other() {
        assertThat(title("é".repeat(1_000_000))).hasSize(Title.MOST);
    }

    @Test
    void the_slug_is_fit_for_a_room_name() {
        assertThat(new Title("Über-Sprint: Review & Démo!").slug()).isEqualTo("uber-sprint-review-demo");
        assertThat(new Title("日本").slug()).isEmpty();
        assertThat(new Title("a".repeat(23) + " - b").slug()).isEqualTo("a".repeat(23));
    }

    @Test
    void the_slug_is_the_same_in_turkey() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(new Title("INCIDENT").slug()).isEqualTo("incident");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String title(String typed) {
        String text = Title.of(typed).orElseThrow().text();
        return text;
    }
}
