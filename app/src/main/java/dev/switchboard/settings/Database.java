package dev.switchboard.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the ledger is kept. Only the URL's form has been checked; nothing was opened.
 *
 * @param url a JDBC URL with its options; may hold a password among them, so it isn't for logs
 * @param user empty: none is given to the driver
 * @param password empty: none is given to the driver
 */
public record Database(String url, Optional<String> user, Optional<Secret> password) {
    static final String URL = "SWITCHBOARD_DATABASE_URL";
    static final String USER = "SWITCHBOARD_DATABASE_USER";
    static final String PASSWORD = "SWITCHBOARD_DATABASE_PASSWORD";

    private static final String DEFAULT_URL = "jdbc:h2:file:./switchboard-data/switchboard";
    /** What H2's options begin with, and what PostgreSQL's do. */
    private static final Pattern OPTIONS = Pattern.compile("[;?]");

    private static final Pattern WRITES_BY_ITSELF = Pattern.compile(";\\s*WRITE_DELAY\\s*=", Pattern.CASE_INSENSITIVE);
    private static final Pattern READ_ONLY = Pattern.compile(";\\s*ACCESS_MODE_DATA\\s*=", Pattern.CASE_INSENSITIVE);
    /** Hosts, and behind them the database and the driver's options. */
    private static final Pattern POSTGRES =
            Pattern.compile("jdbc:postgresql://([^/?\\s]+)/[^/?\\s]+(\\?\\S*)?", Pattern.DOTALL);
    /** What stands before the colon of an H2 path; two letters at least, for C: is a drive. */
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9]{2,}):(.*)", Pattern.DOTALL);

    private static boolean isPostgres(String url) {
        return url.startsWith("jdbc:postgresql:");
    }

    /** Without the URL's options, which may hold a password. */
    @Override
    public String toString() {
        Matcher options = OPTIONS.matcher(url);
        String shown = options.find() ? url.substring(0, options.end()) + "***" : url;
        return "Database[url=" + shown + ", user=" + user + ", password=" + password + "]";
    }

    /**
     * Reads the variables of the database alone, for commands that need no more.
     *
     * @throws SettingsException if one is mistaken
     */
    public static Database of(Map<String, String> variables) {
        Reading reading = new Reading(variables);
        Optional<Database> database = from(reading);
        reading.throwIfMistaken(List.of());
        return database.orElseThrow();
    }

    static Optional<Database> from(Reading reading) {
        String text = reading.text(URL).orElse(DEFAULT_URL);
        Optional<String> url = reading.withDefault(URL, DEFAULT_URL, example(text), Database::checked);
        Optional<String> user = reading.text(USER);
        Optional<Secret> password = reading.secret(PASSWORD).map(given -> new Secret(given.text()));
        return url.map(u -> new Database(u, user, password));
    }

    /** A URL as this one ought to be, for whoever made a mistake in it. */
    public String example() {
        return example(url);
    }

    private static String example(String url) {
        return url.contains("postgres") ? "jdbc:postgresql://db.example.com/switchboard" : DEFAULT_URL;
    }

    /** The URL as it is; no refusal quotes it, for a password can be anywhere in it. */
    private static String checked(String url) throws Refusal {
        if (url.startsWith("postgres")) {
            throw new Refusal("is for PostgreSQL, but not as JDBC writes it: jdbc:postgresql://host/database, with "
                    + USER + " and " + PASSWORD);
        }
        if (isPostgres(url)) {
            checkPostgres(url);
            return url;
        }
        if (!url.startsWith("jdbc:h2:")) {
            throw new Refusal("must start with jdbc:h2: or jdbc:postgresql://");
        }
        checkOptions(url);
        String place = url.substring("jdbc:h2:".length()).split(";", 2)[0];
        Matcher form = FORM.matcher(place);
        if (!form.matches()) {
            checkPath(place);
            return url;
        }
        String rest = form.group(2);
        switch (form.group(1)) {
            case "file" -> checkPath(rest);
            case "mem" -> {
                if (rest.isBlank()) {
                    throw new Refusal(
                            "must name the database after mem: for without a name each connection has its own");
                }
            }
            case "tcp", "ssl" -> throw new Refusal("asks for an H2 server; the program opens its database itself");
            case "zip" -> throw new Refusal("asks for a database in a zip file, which cannot be written to");
            default -> throw new Refusal("must have file: or mem: or a path after jdbc:h2:");
        }
        return url;
    }

    private static void checkOptions(String url) throws Refusal {
        if (WRITES_BY_ITSELF.matcher(url).find()) {
            throw new Refusal("must not set WRITE_DELAY: H2 would write in the middle of commands, and a kill may then"
                    + " damage the ledger; leave it out");
        }
        if (READ_ONLY.matcher(url).find()) {
            throw new Refusal(
                    "must not set ACCESS_MODE_DATA: a ledger that can only be read is of no use; leave it out");
        }
    }

    private static void checkPostgres(String url) throws Refusal {
        Matcher form = POSTGRES.matcher(url);
        if (!form.matches()) {
            throw new Refusal("must name a host and a database, as jdbc:postgresql://host/database");
        }
        if (form.group(1).contains("@")) {
            throw new Refusal("must not hold user and password; set " + USER + " and " + PASSWORD);
        }
    }

    private static void checkPath(String path) throws Refusal {
        if (path.isBlank()) {
            throw new Refusal("names no file after jdbc:h2:");
        }
        // H2 refuses such a path when it opens it; here the operator gets a line with an example.
        boolean explicit = path.matches("(?s)~?[/\\\\].*|.*[.:][/\\\\].*");
        if (!explicit) {
            throw new Refusal("must have a path that starts with / or ./ or ~/");
        }
    }
}
