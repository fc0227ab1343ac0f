package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.LedgerFile.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many people, many commands, and everything that can go wrong at once; when all is right again, ledger and Slack agree,
 * and everything was done once. {@code -Dchaos.seed=42} repeats a script (what races stays a race),
 * {@code -Dchaos.minutes=30} is the long form, {@code -Dchaos.disk=false} leaves the disk out of it.
 */
@Timeout(7200)
class ChaosIT {
    private static final Duration NORMALLY = Duration.ofSeconds(25);
    private static final int ROUND = 600;
    /** With less time left, another round would hardly do anything. */
    private static final Duration WORTH_A_ROUND = Duration.ofSeconds(5);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder = Path.of("");

    @Test
    void everything_asked_for_is_there_once_whatever_went_wrong() throws Exception {
        int minutes = Integer.getInteger("chaos.minutes", 0);
        Duration effort = minutes > 0 ? Duration.ofMinutes(minutes) : NORMALLY;
        long end = System.nanoTime() + effort.toNanos();
        long seed = Long.getLong("chaos.seed", new Random().nextLong());
        do {
            Path round = Files.createDirectory(folder.resolve("of-" + seed));
            try (ChaosWorld world = new ChaosWorld(round)) {
                ChaosScript script = new ChaosScript(world, seed);
                for (int i = 0; i < ROUND && System.nanoTime() < end; i++) {
                    script.next();
                }
                script.allLeave();
                world.settle();
                check(world, script, "-Dchaos.seed=" + seed + ", log in " + round);
            }
            seed++;
        } while (end - System.nanoTime() > WORTH_A_ROUND.toNanos());
    }

    private static void check(ChaosWorld world, ChaosScript script, String seed) {
        SoftAssertions softly = new SoftAssertions();
        List<Row> calls = world.rows("select * from calls");
        script.starts().forEach((title, attempt) -> {
            boolean due = attempt.acknowledged() && !ChaosScript.refused(attempt);
            askedOnce(softly, seed, title, due, calls);
        });
        softly.assertThat(script.refusedWithRoom())
                .as("%s: refused although there was room", seed)
                .isEmpty();
        if (!world.diskWasFull()) {
            softly.assertThat(script.attempts())
                    .as("%s: refused although the disk was never full", seed)
                    .noneMatch(ChaosScript::refused);
        }
        new Agreement(world.slack(), world::rows).check(softly, seed);
        softly.assertThat(world.slack().violations()).as(seed).isEmpty();
        softly.assertThat(ChaosProcess.lines(world.log()))
                .as(seed)
                .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception in thread"));
        softly.assertAll();
        assertThat(calls).as("%s: the script did something", seed).isNotEmpty();
    }

    /**
     * Acknowledged: one Call; refused in words, or not acknowledged: one at most. The room's name tells which command it
     * was. Since somebody may come back to a room, a Call may follow one there that has ended.
     */
    private static void askedOnce(SoftAssertions softly, String seed, String title, boolean due, List<Row> calls) {
        String slug = title.toLowerCase(Locale.ROOT).replace(' ', '-') + "-";
        List<Row> ofTitle = calls.stream()
                .filter(row -> row.get("room_key").contains("/" + slug))
                .toList();
        softly.assertThat(ofTitle.stream()
                        .filter(row -> row.text("previous_id").isEmpty())
                        .count())
                .as("%s: Calls for %s, which was %s", seed, title, due ? "acknowledged" : "not")
                .isBetween(due ? 1L : 0L, 1L);
        softly.assertThat(ofTitle.stream().filter(row -> row.text("previous_id").isPresent()))
                .as("%s: Calls that follow one for %s in its room, which ended before", seed, title)
                .allMatch(row -> ofTitle.stream().anyMatch(before -> follows(row, before)))
                .extracting(row -> row.get("previous_id"))
                .doesNotHaveDuplicates();
    }

    private static boolean follows(Row row, Row before) {
        return row.get("previous_id").equals(before.get("id"))
                && row.get("room_key").equals(before.get("room_key"))
                && before.text("ended_at").isPresent();
    }
}
