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

    /**
     * Waits until all that was said so far is written, or for so long; not at all where nobody reads.
     *
     * @return whether it is
     */
    boolean await(Duration patience) {
        boolean waited = false;
        Piece mark = new Piece(ByteBuffer.allocate(0), new CountDownLatch(1));
        try {
            tellOfGap();
            if (waiting.offer(mark)) {
                waited = mark.written().await(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return waited;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        tellOfGap();
        if (!waiting.offer(piece(Arrays.copyOfRange(bytes, from, from + length)))) {
            leftOut.incrementAndGet();
        }
    }

    private static Piece piece(byte[] bytes) {
        return new Piece(ByteBuffer.wrap(bytes), new CountDownLatch(1));
    }

    /** Where there is room again, before what is said next. */
    private void tellOfGap() {
        long lost = leftOut.get();
        if (lost > 0 && waiting.remainingCapacity() > 1 && leftOut.compareAndSet(lost, 0)) {
            String gap = "(" + lost + " lines of the log were left out: nobody read it)" + System.lineSeparator();
            if (!waiting.offer(piece(gap.getBytes(StandardCharsets.UTF_8)))) {
                leftOut.addAndGet(lost);
            }
        }
    }

    private void writeOn() {
        while (true) {
            try {
                Piece next = waiting.take();
                try {
                    reader.write(next.bytes().array());
                    reader.flush();
                } finally {
                    next.written().countDown();
                }
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException | Error e) {
                // The reader is gone, or memory is short; whatever it is, later lines may be read.
            }
        }
    }
}
