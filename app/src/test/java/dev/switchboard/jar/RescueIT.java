package dev.switchboard.jar;

import static dev.switchboard.jar.World.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.DamagedPage;
import dev.switchboard.sandbox.slack.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A damaged ledger without a backup: what README says is done to the letter. */
@Timeout(300)
class RescueIT {
    private static final Path JAR = Path.of(System.getProperty("switchboard.jar", "target/switchboard.jar"))
            .toAbsolutePath();

    @TempDir
    Path folder = Path.of("");

    private World world;

    @BeforeEach
    void open() throws IOException {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_ledger_with_a_damaged_page_is_found_out_and_what_can_be_read_is_saved() throws Exception {
        Call call = aCallOfABotThatHasEnded();
        DamagedPage.in(world.databaseUrl(), world.ledger());
        byte[] damaged = Files.readAllBytes(world.ledger());
        assertThat(world.jar().run("check")).satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.errLines())
                    .singleElement()
                    .asString()
                    .startsWith("SWITCHBOARD_DATABASE_URL: ")
                    .contains("damaged", "restore");
        });
        assertThat(world.jar()
                        .run("backup", folder.resolve("backup.zip").toString())
                        .err())
                .contains("SWITCHBOARD_DATABASE_URL: ", "damaged");

        assertThat(recipe()).as("%s", said()).isZero();
        assertThat(Files.readAllBytes(world.ledger())).isEqualTo(damaged);
        Files.move(world.ledger(), folder.resolve("damaged.mv.db"));
        Files.move(folder.resolve("rescue").resolve("switchboard.mv.db"), world.ledger());
        assertThat(world.jar().run("check").out()).contains("ok      SWITCHBOARD_DATABASE_URL");
        assertThat(world.jar()
                        .run("backup", folder.resolve("backup.zip").toString())
                        .out())
                .contains("1 Calls (1 live)");
        world.start();
        world.says("ana", "/call end", "general");
        eventually(() -> assertThat(call.ended()).isTrue());
    }

    @Test
    void what_can_be_saved_by_nobody_makes_no_empty_ledger() throws Exception {
        aCallOfABotThatHasEnded();
        byte[] bytes = Files.readAllBytes(world.ledger());
        Files.write(world.ledger(), java.util.Arrays.copyOf(bytes, 8_192));
        assertThat(recipe()).isNotZero();
        assertThat(said()).contains("neither of them is whole");
        assertThat(folder.resolve("rescue").resolve("switchboard.mv.db")).doesNotExist();
    }

    private Call aCallOfABotThatHasEnded() throws Exception {
        BotProcess bot = world.start();
        world.says("ana", "/call @bo Weekly sync", "general");
        eventually(() -> assertThat(world.toldByBot("bo")).hasSize(1));
        world.settle(bot);
        bot.terminate();
        bot.awaitEnd();
        return world.theCall("general");
    }

    /** Runs README's lines as they are but for the places; its exit status. */
    private int recipe() throws IOException, InterruptedException {
        Matcher block = Pattern.compile("(?s)\n### A damaged ledger\n.*?```sh\n(JAR=\\S+ LEDGER=\\S+\n)(.*?)```")
                .matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(block.find()).isTrue();
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", block.group(2))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        shell.environment().put("JAR", JAR.toString());
        shell.environment().put("LEDGER", world.ledger().toString());
        return shell.start().waitFor();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said"));
    }
}
