package dev.switchboard.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.Agreement;
import dev.switchboard.LedgerFile;
import dev.switchboard.LedgerFile.Row;
import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The process is killed in the middle of its writes, again and again, while many people start, rename, ring and end.
 * After each kill its ledger opens, holds all that was acknowledged and nothing half done; in the end Slack shows each of
 * it once. {@code -Ddurability.kills=200} is the long form, {@code -Ddurability.seed=42} repeats a script.
 */
@Timeout(7200)
class DurabilityIT {
    private static final int CHANNELS = 24;
    private static final int KILLS = Integer.getInteger("durability.kills", 8);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder = Path.of("");

    private final long seed = Long.getLong("durability.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private int titles;

    /** What is live in a channel, as those who typed it know. */
    private record Shown(int started, Optional<String> title, boolean boInvited) {
        Shown start(String name) {
            return new Shown(started + 1, Optional.of(name), false);
        }

        Shown rename(String name) {
            return new Shown(started, Optional.of(name), boInvited);
        }

        Shown invite() {
            return new Shown(started, title, true);
        }

        Shown end() {
            return new Shown(started, Optional.empty(), false);
        }
    }

    /** A channel where one command is under way at a time. */
    private final class Channel {
        private final Conversation where;
        private final Person who;
        private Shown known = new Shown(0, Optional.empty(), false);
        private Shown wanted = known;
        private Optional<Attempt> underWay = Optional.empty();

        Channel(Conversation where, Person who) {
            this.where = where;
            this.who = who;
        }

        /** Takes note of what was acknowledged; whether that was so just now. */
        boolean settled() {
            boolean acknowledged = underWay.filter(Attempt::acknowledged).isPresent();
            if (acknowledged) {
                known = wanted;
                underWay = Optional.empty();
            }
            return acknowledged;
        }

        void typesOn() {
            if (underWay.isPresent()) {
                return;
            }
            String name = "Talk " + ++titles;
            if (known.title().isEmpty()) {
                types("/call " + name, known.start(name));
            } else if (random.nextInt(3) == 0) {
                types("/call rename " + name, known.rename(name));
            } else if (random.nextBoolean() && !known.boInvited()) {
                types("/call invite @bo", known.invite());
            } else {
                types("/call end", known.end());
            }
        }

        private void types(String command, Shown then) {
            wanted = then;
            underWay = Optional.of(who.types(command, where));
        }

        /** Holds what is in the ledger against what was acknowledged, and goes on from there. */
        void compare(SoftAssertions softly, String when, List<Row> calls, List<Row> participants) {
            settled();
            List<Row> here = calls.stream()
                    .filter(row -> row.get("channel_id").equals(where.id()))
                    .toList();
            List<Row> live =
                    here.stream().filter(row -> row.text("ended_at").isEmpty()).toList();
            softly.assertThat(live)
                    .as("%s: live Calls in %s", when, where.name())
                    .hasSizeLessThan(2);
            boolean invited = live.stream()
                    .anyMatch(row -> participants.stream()
                            .anyMatch(person -> person.get("call_id").equals(row.get("id"))
                                    && person.get("slack_id")
                                            .equals(who.workspace().person("bo").id())));
            Shown found = new Shown(here.size(), live.stream().findFirst().flatMap(row -> row.text("title")), invited);
            if (underWay.isEmpty()) {
                softly.assertThat(found)
                        .as("%s: %s, all acknowledged", when, where.name())
                        .isEqualTo(known);
            } else {
                softly.assertThat(found)
                        .as("%s: %s, the last one not acknowledged", when, where.name())
                        .isIn(known, wanted);
            }
            known = found;
            underWay = Optional.empty();
        }
    }

    @Test
    void killed_in_the_middle_of_writes_it_has_all_that_was_acknowledged_and_nothing_half_done() throws Exception {
        try (World world = new World(folder, FakeSlack.options().acknowledgeWithin(BotProcess.PATIENCE))) {
            Person ana = world.person("ana");
            Person bo = world.person("bo");
            List<Channel> channels = IntStream.range(0, CHANNELS)
                    .mapToObj(i -> new Channel(
                            world.workspace().createChannel("team-" + i, Conversation.Kind.PUBLIC, ana, bo), ana))
                    .toList();
            // Elsewhere it may not read what it has posted, and says a summary rather twice than never.
            channels.forEach(channel -> channel.where.inviteBot());
            BotProcess bot = world.start();
            for (int kill = 1; kill <= KILLS; kill++) {
                work(channels, 1 + random.nextInt(40));
                bot.kill();
                checkLedger(world, channels, "-Ddurability.seed=" + seed + ", kill " + kill);
                bot = world.start();
            }
            work(channels, CHANNELS);
            await().atMost(BotProcess.PATIENCE)
                    .until(() -> channels.stream().allMatch(channel -> {
                        channel.settled();
                        return channel.underWay.isEmpty();
                    }));
            world.settleAtLeisure(bot, Duration.ofMinutes(5));
            SoftAssertions softly = new SoftAssertions();
            new Agreement(world.slack(), world::rows).check(softly, "-Ddurability.seed=" + seed);
            softly.assertThat(world.slack().violations()).isEmpty();
            softly.assertAll();
        }
        checkFolder();
    }

    @ParameterizedTest(name = "once the file has {0} bytes")
    @ValueSource(longs = {0, 1, 8_193})
    void killed_at_its_very_first_start_it_starts_the_next_time(long size) throws Exception {
        try (World world = new World(folder)) {
            BotProcess bot = world.launch(world.jar());
            await().atMost(BotProcess.PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> Files.exists(world.ledger()) && Files.size(world.ledger()) >= size);
            bot.kill();
            world.start();
            world.says("ana", "/call", "general");
            World.eventually(() -> assertThat(world.cards("general")).hasSize(1));
        }
        checkFolder();
    }

    /** Has everybody type until so many commands were acknowledged; more of them are under way then. */
    private static void work(List<Channel> channels, int most) {
        int[] acknowledged = {0};
        await().atMost(BotProcess.PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
            for (Channel channel : channels) {
                acknowledged[0] += channel.settled() ? 1 : 0;
                channel.typesOn();
            }
            return acknowledged[0] >= most;
        });
    }

    /** By a copy, so that the file stays as the kill left it. */
    private void checkLedger(World world, List<Channel> channels, String when) throws IOException, SQLException {
        Path copy = folder.resolve("copy.mv.db");
        Files.copy(world.ledger(), copy, StandardCopyOption.REPLACE_EXISTING);
        String url = "jdbc:h2:file:" + folder.resolve("copy") + ";IFEXISTS=TRUE";
        List<Row> calls = LedgerFile.rows(url, "select * from calls");
        List<Row> participants = LedgerFile.rows(url, "select * from participants");
        SoftAssertions softly = new SoftAssertions();
        for (Channel channel : channels) {
            channel.compare(softly, when, calls, participants);
        }
        // Each of these asks an index for what the table has.
        for (String half : HALVES) {
            softly.assertThat(LedgerFile.number(url, "select count(*) from " + half))
                    .as("%s: half done: %s", when, half)
                    .isZero();
        }
        softly.assertThat(LedgerFile.number(url, "select count(*) from calls where due_at >= 0"))
                .as("%s: Calls that owe something, by their index", when)
                .isEqualTo(count(calls, row -> row.text("due_at").isPresent()));
        softly.assertThat(LedgerFile.number(url, "select count(*) from calls where live_team > ''"))
                .as("%s: live Calls, by their index", when)
                .isEqualTo(count(calls, row -> row.text("ended_at").isEmpty()));
        softly.assertAll();
    }

    private static final List<String> HALVES = List.of(
            "calls c where not exists (select 1 from watches w where w.call_id = c.id)",
            "watches w where not exists (select 1 from calls c where c.id = w.call_id)",
            "participants p where not exists (select 1 from calls c where c.id = p.call_id)",
            "announcements a where not exists (select 1 from calls c where c.id = a.call_id)",
            "calls c where not exists (select 1 from announcements a where a.call_id = c.id)",
            "calls c where not exists (select 1 from calls same where same.id = c.id)",
            "watches w where due_at is not null and not exists"
                    + " (select 1 from watches same where same.due_at = w.due_at and same.call_id = w.call_id)",
            "calls c where (ended_at is null) <> (live_team is not null)");

    private static long count(List<Row> rows, Predicate<Row> which) {
        return rows.stream().filter(which).count();
    }

    /** H2's temporary files are gone, too. */
    private void checkFolder() throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.list(folder.resolve("data"))) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        assertThat(names).contains("switchboard.mv.db").allMatch(name -> name.startsWith("switchboard."));
    }
}
