package dev.switchboard;

import dev.switchboard.settings.Database;
import dev.switchboard.settings.EnvFile;
import dev.switchboard.settings.Environment;
import dev.switchboard.settings.Provider;
import dev.switchboard.settings.Settings;
import dev.switchboard.settings.SettingsException;
import dev.switchboard.slack.gateway.SlackClients;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The command line. */
public final class Main {
    /** All is well, or the bot was asked to stop. */
    static final int OK = 0;

    /** What was asked for did not come out as it should. */
    static final int FAILED = 1;

    /** The command line or a setting is wrong; standard error says what. */
    static final int MISTAKE = 2;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Main(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        if (args.length == 0) {
            SlackClients.prepareTls(); // while the log is set up, which nobody can help with
        }
        logThroughOneLog();
        PrintStream out = readable(System.out, FileDescriptor.out);
        PrintStream err = readable(System.err, FileDescriptor.err);
        System.exit(new Main(Environment.variables(), out, err).run(args));
    }

    /** A container without a locale has Java write ASCII, and every title with an accent comes out as question marks. */
    private static PrintStream readable(PrintStream stream, FileDescriptor file) {
        String encoding = System.getProperty("native.encoding", "UTF-8");
        boolean unset =
                Charset.isSupported(encoding) && Charset.forName(encoding).equals(StandardCharsets.US_ASCII);
        return unset ? new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8) : stream;
    }

    /**
     * Runs one command.
     *
     * @return the exit status: {@link #OK}, {@link #FAILED} or {@link #MISTAKE}
     */
    int run(String... args) {
        try {
            return args.length == 0 ? runAtOnce() : parse(args);
        } catch (SettingsException e) {
            e.warnings().forEach(err::println);
            e.mistakes().forEach(mistake -> err.println(mistake.line()));
            return MISTAKE;
        }
    }

    /** What an admin's service does at each start: it needs no parser, whose classes take a tenth of it. */
    private int runAtOnce() {
        SlackClients.loadAhead();
        return new RunCommand(err).run(settings(environment));
    }

    private int parse(String... args) {
        CommandLine line = new CommandLine(grammar()).setCaseInsensitiveEnumValuesAllowed(true);
        try {
            ParseResult parsed = line.parseArgs(args);
            ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
            if (parsed.isUsageHelpRequested() || command.isUsageHelpRequested()) {
                line.usage(out);
                return OK;
            }
            if (parsed.isVersionHelpRequested()) {
                out.println("switchboard " + Version.number());
                return OK;
            }
            return perform(parsed, command, line);
        } catch (CommandLine.ParameterException e) {
            err.println(e.getMessage() + "; `help` shows what can be typed");
            return MISTAKE;
        }
    }

    private int perform(ParseResult parsed, ParseResult command, CommandLine line) {
        return switch (command.commandSpec().name()) {
            case "sandbox" ->
                new SandboxCommand(out, err)
                        .run(
                                command.matchedOptionValue("--tour", false),
                                command.matchedOptionValue("--port", 0),
                                command.matchedOptionValue("--provider", Provider.JITSI));
            case "manifest" -> {
                out.print(Manifest.yaml(Settings.from(withTokens(variables(parsed, command)))));
                yield OK;
            }
            case "backup" ->
                new BackupCommands(out, err, Clock.systemUTC())
                        .backUp(
                                Database.of(variables(parsed, command)),
                                command.matchedPositionalValue(0, Path.of("")),
                                command.matchedOptionValue("--replace", false));
            case "restore" ->
                new BackupCommands(out, err, Clock.systemUTC())
                        .restore(
                                Database.of(variables(parsed, command)),
                                command.matchedPositionalValue(0, Path.of("")),
                                command.matchedOptionValue("--replace", false));
            case "check" -> new Check(out).run(settings(variables(parsed, command)));
            case "help" -> {
                line.usage(out);
                yield OK;
            }
            default -> new RunCommand(err).run(settings(variables(parsed, command)));
        };
    }

    private Settings settings(Map<String, String> variables) {
        Settings settings = Settings.from(variables);
        settings.warnings().forEach(err::println);
        return settings;
    }

    private Map<String, String> variables(ParseResult parsed, ParseResult command) {
        Path file = command.matchedOptionValue("--env-file", parsed.matchedOptionValue("--env-file", (Path) null));
        return file == null ? environment : Environment.over(environment, EnvFile.read(file));
    }

    /** A manifest is made before there are tokens. */
    private static Map<String, String> withTokens(Map<String, String> variables) {
        Map<String, String> complete = new LinkedHashMap<>(variables);
        complete.remove("SLACK_APP_TOKEN_FILE");
        complete.remove("SLACK_BOT_TOKEN_FILE");
        complete.put("SLACK_APP_TOKEN", "xapp-1-not-needed-here");
        complete.put("SLACK_BOT_TOKEN", "xoxb-1-not-needed-here");
        return complete;
    }

    private static CommandSpec grammar() {
        CommandSpec main = command("switchboard", "Calls in Slack, hosted by you. Without a command: run.")
                .addOption(OptionSpec.builder("--version")
                        .versionHelp(true)
                        .description("print the version")
                        .build());
        main.addSubcommand("run", command("run", "serve the workspaces of SLACK_BOT_TOKEN (the default)"));
        main.addSubcommand(
                "sandbox",
                command("sandbox", "try it in a fake workspace: no account, no tokens")
                        .addOption(OptionSpec.builder("--tour")
                                .type(boolean.class)
                                .description("play the life of a Call, then stop")
                                .build())
                        .addOption(OptionSpec.builder("--port")
                                .type(int.class)
                                .converters(Main::port)
                                .paramLabel("PORT")
                                .description("where the page and the fake Slack listen; any free port by default")
                                .build())
                        .addOption(OptionSpec.builder("--provider")
                                .type(Provider.class)
                                .converters(Main::provider)
                                .paramLabel("NAME")
                                .description(
                                        "the meeting server: jitsi (the default), bigbluebutton, or link (any server, nothing asked of it)")
                                .build()));
        main.addSubcommand("manifest", command("manifest", "print the Slack app's manifest for the configured server"));
        main.addSubcommand("check", command("check", "try the settings, the database and the tokens, then stop"));
        main.addSubcommand(
                "backup",
                onFile(
                        command("backup", "copy the ledger to a file, while the bot runs or not"),
                        "replace the file if it is there"));
        main.addSubcommand(
                "restore",
                onFile(
                        command("restore", "put a backup in the ledger's place, while the bot does not run"),
                        "move the ledger aside that is there"));
        main.addSubcommand("help", command("help", "this"));
        return main;
    }

    private static CommandSpec onFile(CommandSpec command, String replacing) {
        return command.addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .arity("1")
                        .required(true)
                        .type(Path.class)
                        .paramLabel("FILE")
                        .description("the backup")
                        .build())
                .addOption(OptionSpec.builder("--replace")
                        .type(boolean.class)
                        .description(replacing)
                        .build());
    }

    private static CommandSpec command(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description);
        spec.addOption(OptionSpec.builder("--env-file")
                .type(Path.class)
                .paramLabel("FILE")
                .description("read variables from a file; those of the environment win")
                .build());
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("this")
                .build());
        return spec;
    }

    private static void logThroughOneLog() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        Logger.getLogger("org.glassfish").setLevel(Level.SEVERE);
        // While nobody else can ask for one: loggers handed out meanwhile are makeshift.
        LoggerFactory.getILoggerFactory();
    }

    private static Integer port(String number) {
        if (!number.matches("[0-9]{1,5}") || Integer.parseInt(number) > 65_535) {
            throw new CommandLine.TypeConversionException("must be a number from 0 to 65535");
        }
        return Integer.valueOf(number);
    }

    private static Provider provider(String name) {
        return Arrays.stream(Provider.values())
                .filter(provider -> provider.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new CommandLine.TypeConversionException("must be link, jitsi or bigbluebutton"));
    }
}
