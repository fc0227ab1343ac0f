package dev.switchboard.fuzz;

import java.util.List;
import java.util.Random;

/** Texts that break readers: reserved words, other writing directions, broken characters, numbers past every range. */
public final class OddText {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "null",
            "true",
            "-1",
            "0",
            "1e400",
            "99999999999999999999999999",
            "-9223372036854775808",
            "1700000000.000100",
            "<!channel>",
            "<!here|here> <@U0000000000> <@U1|ana>",
            "<https://evil.example/|https://meet.example.com/x>",
            "https://meet.example.com/\u202e\u2066room",
            "http://[::1",
            "jdbc:h2:mem:x;INIT=1",
            "end",
            "rename",
            "rename \u0000",
            "invite <@UNOBODY>",
            "\u0000\u0001\u001b[2J\r\n2026-11-21T00:00:00.000Z INFO forged",
            "\ud800",
            "a\udc00b\ud83d",
            "\u202eevil\u2066\ufeff\uffff",
            "e\u0301".repeat(40),
            "👩‍👩‍👧‍👦".repeat(30),
            "' or 1=1 --",
            "${jndi:ldap://x}",
            "%s%n%x",
            "../../../../etc/passwd",
            "12345678-1234-1234-1234-123456789abc",
            "0-0-0-0-0",
            "x|rename|y",
            "COMPOSER");

    private OddText() {}

    /** Any of them; rarely one of up to a million characters. */
    public static String any(Random random) {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        int rare = random.nextInt(200);
        if (rare == 0) {
            String unit = text.isEmpty() ? "x" : text;
            return unit.repeat(Math.max(1, random.nextInt(1_000_000) / unit.length()));
        }
        return rare < 10 ? text.repeat(1 + random.nextInt(300)) : text;
    }
}
