package dev.switchboard;

import dev.switchboard.call.Daemons;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A log that nobody waits for. A pipe that its reader leaves full (a stalled collector, {@code 2>&1 | less}) would
 * otherwise stop every thread that has something to say, and the bot with them. What finds no room is left out, and
 * counted once there is room again.
 */
final class Unhurried extends OutputStream {
    private static final int LINES_WAITING = 10_000;

    private final OutputStream reader;
    private final BlockingQueue<Piece> waiting = new ArrayBlockingQueue<>(LINES_WAITING);
    private final AtomicLong leftOut = new AtomicLong();

    private Unhurried(OutputStream reader) {
        this.reader = reader;
    }

    /** Some of the log, or an empty one whose turn somebody waits for. */
    private record Piece(ByteBuffer bytes, CountDownLatch written) {}

    /** Stands between the log and whoever reads it, on a thread of its own. */
    static Unhurried before(OutputStream reader) {
        Unhurried log = new Unhurried(reader);
        Daemons.thread("log", log::writeOn).start();
        return log;
    }

    /** The stream to print on. */
    PrintStream stream() {
        return new PrintStream(this, true, StandardCharsets.UTF_8);
    }

    /** Waits until all that was said so far is written, or for so long. */
    void await(Duration patience) {
        Piece mark = new Piece(ByteBuffer.allocate(0), new CountDownLatch(1));
        try {
            long millis = patience.toMillis();
            boolean inTime = waiting.offer(mark, millis, TimeUnit.MILLISECONDS)
                    && mark.written().await(millis, TimeUnit.MILLISECONDS);
            if (!inTime) {
                leftOut.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        ByteBuffer copy = ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, from + length));
        if (!waiting.offer(new Piece(copy, new CountDownLatch(1)))) {
            leftOut.incrementAndGet();
        }
    }

    private void writeOn() {
        while (true) {
            try {
                Piece next = waiting.take();
                reader.write(next.bytes().array());
                reader.flush();
                next.written().countDown();
                long lost = leftOut.getAndSet(0);
                if (lost > 0) {
                    reader.write(
                            ("(" + lost + " lines of the log were left out: nobody read it)" + System.lineSeparator())
                                    .getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                // The reader is gone: nothing that is said will ever be read.
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
