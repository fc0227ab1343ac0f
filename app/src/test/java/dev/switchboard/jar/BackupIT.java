package dev.switchboard.jar;

import static dev.switchboard.jar.World.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.FakeSlack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an admin does with {@code backup} and {@code restore}, with the jar itself. */
@Timeout(300)
class BackupIT {
    @TempDir
    Path folder = Path.of("");

    private World world;

    @BeforeEach
    void open() throws IOException {
        world = new World(folder, FakeSlack.options().acknowledgeWithin(BotProcess.PATIENCE));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String file() {
        return folder.resolve("backup.zip").toString();
    }

    @Test
    void a_bot_killed_after_a_backup_under_load_goes_on_with_what_the_backup_knew() throws Exception {
        BotProcess bot = world.start();
        world.says("ana", "/call @bo Weekly sync", "general");
        eventually(() -> assertThat(world.toldByBot("bo")).hasSize(1));
        Call known = world.theCall("general");

        List<Conversation> channels = IntStream.range(0, 40)
                .mapToObj(i -> world.workspace()
                        .createChannel("team-" + i, Conversation.Kind.PUBLIC, world.person("ana"), world.person("bo")))
                .toList();
        channels.forEach(Conversation::inviteBot); // elsewhere it may not read what it has posted
        List<Attempt> load = new ArrayList<>();
        channels.forEach(channel -> load.add(world.person("ana").types("/call Standup", channel)));
        await().atMost(BotProcess.PATIENCE).until(() -> load.stream().anyMatch(Attempt::acknowledged));
        BotProcess.Ended backup = world.jar().run("backup", file());
        assertThat(backup.status()).as(backup.err()).isZero();
        assertThat(backup.out()).contains("from the running bot", "checked");
        await().atMost(BotProcess.PATIENCE).until(() -> load.stream().allMatch(Attempt::acknowledged));

        byte[] before = Files.readAllBytes(Path.of(file()));
        assertThat(world.jar().run("restore", file(), "--replace")).satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.errLines()).singleElement().asString().contains("in use by a running bot");
        });
        bot.kill();
        assertThat(world.jar().run("restore", file())).satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.errLines()).singleElement().asString().contains("--replace");
        });
        BotProcess.Ended restored = world.jar().run("restore", file(), "--replace");
        assertThat(restored.status()).as(restored.err()).isZero();
        assertThat(restored.out()).contains("restored", "the ledger that was there is now");
        assertThat(Files.readAllBytes(Path.of(file()))).isEqualTo(before);

        BotProcess again = world.start();
        world.says("ana", "/call rename Retro", "general");
        world.says("ana", "/call end", "general");
        eventually(() -> assertThat(known.ended()).isTrue());
        world.settle(again);
        assertThat(known.title()).contains("Retro");
        assertThat(world.theCall("general")).isSameAs(known);
        assertThat(world.toldByBot("bo")).hasSize(1);
        assertThat(channels)
                .as("what the backup held as unsent was looked for before it was sent")
                .allSatisfy(channel -> assertThat(world.cards(channel)).hasSizeLessThanOrEqualTo(1));
    }

    @Test
    void the_backup_of_a_ledger_without_a_call_says_so() {
        world.start();
        BotProcess.Ended backup = world.jar().run("backup", file());
        assertThat(backup.status()).as(backup.err()).isZero();
        assertThat(backup.out()).contains("it holds no Call yet").doesNotContain("1970");
    }

    @Test
    void a_damaged_ledger_is_named_in_one_line_and_left_as_it_is() throws Exception {
        BotProcess bot = world.start();
        world.says("ana", "/call", "general");
        bot.terminate();
        bot.awaitEnd();
        byte[] bytes = Files.readAllBytes(world.ledger());
        byte[] noise = new byte[16_384];
        new Random(42).nextBytes(noise);
        System.arraycopy(noise, 0, bytes, 0, noise.length);
        Files.write(world.ledger(), bytes);

        BotProcess.Ended refused = world.jar().run();
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errLines())
                .singleElement()
                .asString()
                .startsWith("SWITCHBOARD_DATABASE_URL: ")
                .contains("damaged", "restore");
        assertThat(Files.readAllBytes(world.ledger())).isEqualTo(bytes);
    }
}
