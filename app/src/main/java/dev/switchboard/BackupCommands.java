package dev.switchboard;

import dev.switchboard.settings.Database;
import dev.switchboard.settings.Mistake;
import dev.switchboard.settings.Secret;
import dev.switchboard.settings.SettingsException;
import dev.switchboard.store.BackupRefused;
import dev.switchboard.store.DatabaseRefused;
import dev.switchboard.store.LedgerBackup;
import dev.switchboard.store.LedgerBackup.Copied;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** {@code backup FILE} and {@code restore FILE}. */
final class BackupCommands {
    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;

    BackupCommands(PrintStream out, PrintStream err, Clock clock) {
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    int backUp(Database database, Path file, boolean replace) {
        return run(database, file, ledger -> {
            Instant begun = clock.instant();
            Copied made = ledger.backUp(file, replace);
            out.println(file + ": " + said(made) + ", " + made.bytes() / 1024 + " KiB, "
                    + (made.running() ? "from the running bot" : "from its file, no bot running") + ", checked, in "
                    + Duration.between(begun, clock.instant()).toMillis() + " ms");
        });
    }

    int restore(Database database, Path file, boolean replace) {
        return run(database, file, ledger -> {
            Copied restored = ledger.restore(file, replace, clock.instant());
            out.println(file + ": restored, " + said(restored)
                    + restored.aside()
                            .map(aside -> "; the ledger that was there is now " + aside)
                            .orElse(""));
        });
    }

    private static String said(Copied copied) {
        if (copied.calls() == 0) {
            return "it holds no Call yet";
        }
        return copied.calls() + " Calls (" + copied.live() + " live)"
                + copied.latest()
                        .map(at -> ", the last change at " + at.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("");
    }

    private interface Work {
        void on(LedgerBackup ledger) throws IOException;
    }

    private int run(Database database, Path file, Work work) {
        try {
            work.on(new LedgerBackup(
                    database.url(), database.user(), database.password().map(Secret::reveal)));
            return Main.OK;
        } catch (BackupRefused e) {
            err.println(file + ": " + e.getMessage());
            return Main.MISTAKE;
        } catch (DatabaseRefused e) {
            throw new SettingsException(List.of(new Mistake(
                    "SWITCHBOARD_DATABASE_URL",
                    String.valueOf(e.getMessage()),
                    "jdbc:h2:file:/var/lib/switchboard/switchboard")));
        } catch (IOException e) {
            // The message of a file system's error is its path, or what the system says: nothing of the ledger.
            err.println(file + ": failed (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")");
            return Main.FAILED;
        }
    }
}
