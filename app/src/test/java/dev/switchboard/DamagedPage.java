package dev.switchboard;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A ledger that H2 opens without a word, and whose rows can't all be read. */
public final class DamagedPage {
    private static final String SIGN = "a delivery to be lost";
    private static final int ROWS = 5_000;

    private DamagedPage() {}

    /** Makes one of a ledger that nobody has open, by adding rows and then overwriting one of them. */
    public static void in(String url, Path file) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into deliveries select 'padding ' || x, x from system_range(1, " + ROWS + ")");
            statement.execute("insert into deliveries values ('" + SIGN + "', 0)");
            statement.execute(
                    "insert into deliveries select 'more padding ' || x, x from system_range(1, " + ROWS + ")");
        }
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (int at = content.indexOf(SIGN); at >= 0; at = content.indexOf(SIGN, at + 1)) {
                bytes.seek(at - 2L); // the length before it, too
                bytes.write("\u00ff".repeat(SIGN.length()).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }
}
