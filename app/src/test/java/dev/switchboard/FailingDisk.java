package dev.switchboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk for H2 that can be full, fail to read, or take its time: whatever has {@code failing:} before its path. H2 makes an object of
 * it for each path, so how it stands is kept beside them.
 */
public final class FailingDisk extends FilePathWrapper {
    public static final String SCHEME = "failing";
    private static final AtomicBoolean FULL = new AtomicBoolean();
    private static final AtomicBoolean UNREADABLE = new AtomicBoolean();
    private static volatile Optional<CountDownLatch> stuck = Optional.empty();
    private static final AtomicInteger TRIED = new AtomicInteger();

    /** Whether nothing more can be written from now on. */
    public static void full(boolean now) {
        FULL.set(now);
    }

    /** Whether nothing can be read from now on. */
    public static void unreadable(boolean now) {
        UNREADABLE.set(now);
    }

    /** Lets nothing be written from now on, until it is told to go on. */
    public static void stuck(boolean now) {
        stuck.ifPresent(CountDownLatch::countDown);
        stuck = now ? Optional.of(new CountDownLatch(1)) : Optional.empty();
    }

    /** How often something was written in vain so far. */
    public static int triedInVain() {
        return TRIED.get();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(getBase().open(mode));
    }

    private static final class Channel extends FileBaseDefault {
        private final FileChannel disk;

        Channel(FileChannel disk) {
            this.disk = disk;
        }

        @Override
        public synchronized int read(ByteBuffer to, long position) throws IOException {
            if (UNREADABLE.get()) {
                throw new IOException("Input/output error");
            }
            return disk.read(to, position);
        }

        @Override
        public synchronized int write(ByteBuffer from, long position) throws IOException {
            awaitIt();
            if (FULL.get()) {
                TRIED.incrementAndGet();
                // What there is room for is written: half of it.
                ByteBuffer half = from.duplicate();
                half.limit(from.position() + from.remaining() / 2);
                disk.write(half, position);
                throw new IOException("No space left on device");
            }
            return disk.write(from, position);
        }

        private static void awaitIt() throws IOException {
            try {
                Optional<CountDownLatch> now = stuck;
                if (now.isPresent()) {
                    now.get().await();
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            disk.truncate(size);
        }

        @Override
        public long size() throws IOException {
            return disk.size();
        }

        @Override
        public void force(boolean metaData) throws IOException {
            disk.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return disk.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            disk.close();
        }
    }
}
