package dev.switchboard.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThatCode;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start script: the jar sooner and smaller, and never less than the jar. */
@Timeout(300)
class StartScriptIT {
    /** An archive is made at low priority, some seconds after the start. */
    private static final Duration ARCHIVED_WITHIN = Duration.ofMinutes(5);

    @TempDir
    static Path shared = Path.of("");

    @TempDir
    Path folder = Path.of("");

    private World world;

    /** Two bots started at once, without an archive; what they leave in the cache is what the tests begin with. */
    @BeforeAll
    static void install() throws IOException {
        Script.install(installed().folder());
        try (World one = new World(Files.createDirectories(shared.resolve("one")));
                World other = new World(Files.createDirectories(shared.resolve("other")))) {
            one.launch(script(one).with("SWITCHBOARD_CACHE", trained().toString()));
            other.launch(script(other).with("SWITCHBOARD_CACHE", trained().toString()));
            await().atMost(ARCHIVED_WITHIN).until(() -> archives(trained()).size() == 1);
            assertThat(one.slack().connections().open()).isEqualTo(1);
            assertThat(other.slack().connections().open()).isEqualTo(1);
        }
    }

    @BeforeEach
    void open() throws IOException {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Script installed() {
        return Script.at(shared.resolve("my programs"));
    }

    private static Path trained() {
        return shared.resolve("cache of archives");
    }

    /** The script with all that a bot needs in that world. */
    private static Script script(World world) {
        return installed().with(world.jar().variables());
    }

    private static List<Path> archives(Path cache) throws IOException {
        try (Stream<Path> files = Files.exists(cache) ? Files.list(cache) : Stream.empty()) {
            return files.filter(file -> file.getFileName().toString().matches("switchboard-[0-9]+-[0-9]+-[0-9]+"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    /** A cache of the test's own, with the archive in it; another one is, as it seems, being made by somebody else. */
    private Path cache() throws IOException {
        Path cache = Files.createDirectories(folder.resolve("my cache"));
        Path archive = archives(trained()).get(0);
        Files.copy(archive, cache.resolve(archive.getFileName()));
        lock(cache);
        return cache;
    }

    private static void lock(Path cache) throws IOException {
        String archive = archives(trained()).get(0).getFileName().toString();
        Files.createDirectories(cache.resolve(archive.replaceFirst("^(switchboard-[0-9]+)-.*", "$1.lock")));
    }

    private static boolean maps(BotProcess bot, Path archive) throws IOException {
        return Files.readString(Path.of("/proc", String.valueOf(bot.pid()), "maps"))
                .contains(archive.toRealPath().toString());
    }

    private static String commandLine(BotProcess bot) throws IOException {
        return Files.readString(Path.of("/proc", String.valueOf(bot.pid()), "cmdline"))
                .replace('\0', ' ');
    }

    private static String jcmd(BotProcess bot, String command) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(jcmd.toString(), String.valueOf(bot.pid()), command)
                .redirectErrorStream(true)
                .start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void assertServes(BotProcess bot) throws InterruptedException {
        world.awaitConnection(bot, 0);
        world.says("ana", "/call Weekly sync", "general");
        World.eventually(() -> assertThat(world.cards("general")).hasSize(1));
        assertThat(bot.out()).isEmpty();
        assertThat(bot.err()).doesNotContain("arning").doesNotContain("SWITCHBOARD_");
    }

    @Test
    void two_first_starts_leave_one_archive_and_nothing_else() throws IOException {
        await().atMost(BotProcess.PATIENCE).untilAsserted(() -> {
            try (Stream<Path> files = Files.list(trained())) {
                Path archive = archives(trained()).get(0);
                assertThat(files.toList()).containsExactlyInAnyOrder(archive, sealOf(archive));
            }
        });
    }

    @Test
    void the_next_start_uses_the_archive_from_any_directory_and_by_a_link() throws Exception {
        Path cache = cache();
        Path link = Files.createSymbolicLink(
                folder.resolve("switchboard"), installed().file());
        BotProcess bot =
                world.launch(script(world).as(link).in(folder).with("SWITCHBOARD_CACHE", cache.toString()), "run");
        assertServes(bot);
        assertThat(maps(bot, archives(cache).get(0))).isTrue();
    }

    @Test
    void an_archive_that_has_lost_its_end_is_passed_over() throws Exception {
        Path cache = cache();
        try (RandomAccessFile file = writable(archives(cache).get(0))) {
            file.setLength(file.length() / 2);
        }
        assertServes(world.launch(script(world).with("SWITCHBOARD_CACHE", cache.toString())));
    }

    @Test
    void an_archive_that_is_damaged_inside_is_passed_over() throws Exception {
        Path cache = cache();
        damage(archives(cache).get(0));
        assertServes(world.launch(script(world).with("SWITCHBOARD_CACHE", cache.toString())));
    }

    @Test
    void the_sums_of_an_archive_are_checked_only_where_it_may_have_changed() throws Exception {
        Path archive = archives(trained()).get(0);
        assertThat(sealOf(archive)).hasContent(seal(archive)); // as it was made
        Path cache = cache();
        Path mine = archives(cache).get(0);
        Files.writeString(sealOf(mine), seal(mine) + "\n");
        Script script = script(world).with("SWITCHBOARD_CACHE", cache.toString());
        BotProcess bot = world.launch(script);
        assertServes(bot);
        assertThat(maps(bot, mine)).isTrue();
        assertThat(commandLine(bot)).doesNotContain("VerifySharedSpaces");
        bot.kill();

        FileTime modified = Files.getLastModifiedTime(mine);
        damage(mine);
        Files.setLastModifiedTime(mine, modified);
        BotProcess next = world.launch(script);
        World.eventually(() -> assertThat(world.slack().connections().open()).isEqualTo(1));
        assertThat(commandLine(next)).contains("VerifySharedSpaces");
        assertThat(maps(next, mine)).isFalse();
    }

    private static void damage(Path archive) throws IOException {
        try (RandomAccessFile file = writable(archive)) {
            byte[] garbage = new byte[1 << 20];
            new Random(5).nextBytes(garbage);
            file.seek(file.length() / 4);
            file.write(garbage);
        }
    }

    private static Path sealOf(Path archive) {
        return archive.resolveSibling(archive.getFileName() + ".seal");
    }

    /** What the script takes for its seal: inode, size, and when one of them or what is in it was changed. */
    private static String seal(Path archive) throws IOException, InterruptedException {
        Process stat = new ProcessBuilder("stat", "-L", "-c", "%i %s %z", archive.toString()).start();
        String seal = new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(stat.waitFor()).isZero();
        return seal;
    }

    private static RandomAccessFile writable(Path archive) throws IOException {
        assertThat(archive.toFile().setWritable(true)).isTrue();
        return new RandomAccessFile(archive.toFile(), "rw");
    }

    @Test
    void an_archive_of_another_jar_is_left_alone() throws Exception {
        Path jar = installed().folder().resolve("switchboard.jar");
        FileTime before = Files.getLastModifiedTime(jar);
        Path cache = cache();
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
        try {
            BotProcess bot = world.launch(script(world).with("SWITCHBOARD_CACHE", cache.toString()));
            assertServes(bot);
            assertThat(maps(bot, archives(cache).get(0))).isFalse();
        } finally {
            Files.setLastModifiedTime(jar, before);
        }
    }

    @Test
    void an_option_of_the_admins_wins_over_ours_also_another_collector() throws Exception {
        BotProcess bot = world.launch(script(world)
                .with("SWITCHBOARD_CACHE", cache().toString())
                .with("SWITCHBOARD_HEAP", "300m")
                .with("JAVA_OPTS", "-XX:+UseG1GC -Dsome.property=some"));
        assertServes(bot);
        assertThat(commandLine(bot)).contains("-Xmx300m", "-XX:+UseG1GC -Dsome.property=some -jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "/proc", "/proc/cache", "switchboard.jar", "switchboard.jar/cache"})
    void where_no_archive_can_be_kept_it_starts_all_the_same(String cache) throws Exception {
        assertServes(world.launch(script(world).with("SWITCHBOARD_CACHE", cache)));
    }

    @Test
    void nothing_is_taken_from_a_directory_of_somebody_elses() throws Exception {
        Path cache = cache();
        UserPrincipal nobody =
                cache.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        assumeThatCode(() -> Files.setOwner(cache, nobody)).doesNotThrowAnyException(); // as root only
        BotProcess bot = world.launch(script(world).with("SWITCHBOARD_CACHE", cache.toString()));
        assertServes(bot);
        assertThat(maps(bot, archives(cache).get(0))).isFalse();
    }

    @Test
    void a_user_without_a_home_has_the_cache_beside_the_data() throws Exception {
        Path cache = folder.resolve("switchboard-data").resolve("cache");
        lock(cache);
        Path archive = archives(trained()).get(0);
        Files.copy(archive, cache.resolve(archive.getFileName()));
        BotProcess bot = world.launch(script(world).without("SWITCHBOARD_CACHE").in(folder));
        assertServes(bot);
        assertThat(maps(bot, archives(cache).get(0))).isTrue();
    }

    @Test
    void the_process_is_java_itself_and_stops_as_the_jar_does() throws Exception {
        BotProcess bot = world.launch(script(world).with("SWITCHBOARD_CACHE", cache().toString()));
        assertServes(bot);
        assertThat(Path.of("/proc", String.valueOf(bot.pid()), "exe")
                        .toRealPath()
                        .getFileName()
                        .toString())
                .isEqualTo("java");
        bot.terminate();
        assertThat(bot.awaitEnd().status()).isZero();
        World.eventually(() -> assertThat(world.slack().connections().open()).isZero());
    }

    /** By a directive, since the jar can't carry the script's option. */
    @Test
    void the_jar_too_does_without_the_second_compiler() throws Exception {
        BotProcess bot = world.launch(world.jar().jvm("-XX:TieredStopAtLevel=4"));
        assertServes(bot);
        World.eventually(() -> assertThat(jcmd(bot, "Compiler.directives_print"))
                .containsPattern("matching: \\*\\.\\*\\R(.*\\R)*? c2 directives:\\R.*\\R  Enable:true Exclude:true"));
    }

    @Test
    void arguments_and_the_exit_status_pass_through() {
        assertThat(installed().run("--version").out()).matches("switchboard \\d+\\.\\d+\\.\\d+\\S*\\R");
        BotProcess.Ended mistaken = installed().run("run", "--env-file", "no such file");
        assertThat(mistaken.status()).isEqualTo(2);
        assertThat(mistaken.err()).contains("no such file");
    }

    @Test
    void without_java_it_says_so_in_a_sentence() throws IOException {
        Path bare = Files.createDirectories(folder.resolve("bare"));
        for (String tool : List.of("sh", "readlink", "cat", "cksum", "stat", "mkdir")) {
            Files.createSymbolicLink(
                    bare.resolve(tool), Path.of("/usr/bin", tool).toRealPath());
        }
        assertMistake(installed().without("JAVA_HOME").with("PATH", bare.toString()), "no java on the PATH");
        assertMistake(installed().with("JAVA_HOME", "/nowhere"), "JAVA_HOME has no bin/java");
    }

    @Test
    void an_older_java_is_told_from_its_release_file() throws IOException {
        Path home = folder.resolve("jdk 8");
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"1.8.0_392\"\n");
        Files.writeString(home.resolve("bin").resolve("java"), "#!/bin/sh\nexit 3\n");
        assertThat(home.resolve("bin").resolve("java").toFile().setExecutable(true))
                .isTrue();
        assertMistake(installed().with("JAVA_HOME", home.toString()), "is Java 8, older than 17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8m", "256", "0g", "lots", "-5m"})
    void a_heap_that_is_none_is_a_mistake_in_a_line(String heap) {
        assertMistake(installed().with("SWITCHBOARD_HEAP", heap), "SWITCHBOARD_HEAP must be");
    }

    @Test
    void without_the_jar_it_says_how_to_come_by_it() throws IOException {
        Path lonely = Files.copy(installed().file(), folder.resolve("switchboard"), StandardCopyOption.COPY_ATTRIBUTES);
        assertMistake(installed().as(lonely), "no switchboard.jar beside this script");
    }

    private static void assertMistake(Script script, String words) {
        BotProcess.Ended ended = script.run();
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).hasLineCount(1).contains(words);
        assertThat(ended.out()).isEmpty();
    }
}
