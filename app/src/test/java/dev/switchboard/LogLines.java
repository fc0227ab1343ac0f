package dev.switchboard;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged while it is open; nothing of it is kept from stderr. */
public final class LogLines implements AutoCloseable {
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private LogLines() {
        System.setErr(new PrintStream(new Both(), true, StandardCharsets.UTF_8));
    }

    public static LogLines listen() {
        return new LogLines();
    }

    /** The lines so far. */
    public List<String> lines() {
        synchronized (bytes) {
            return bytes.toString(StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Override
    public void close() {
        System.setErr(stderr);
    }

    private final class Both extends OutputStream {
        @Override
        public void write(int b) {
            synchronized (bytes) {
                bytes.write(b);
            }
            stderr.write(b);
        }

        @Override
        public void write(byte[] many, int from, int length) {
            synchronized (bytes) {
                bytes.write(many, from, length);
            }
            stderr.write(many, from, length);
        }
    }
}
