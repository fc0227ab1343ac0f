package dev.switchboard.store;

import dev.switchboard.call.Daemons;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives copies of the ledger while the bot runs: whoever connects to the socket beside the ledger's file, which takes
 * the right to write to it, is sent the copy, and nothing else is ever read or sent. One copy at a time; who connects
 * meanwhile waits.
 */
final class CopySocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CopySocket.class);
    private static final String NAME = "ledger-copy";

    /** Nobody takes a copy for so long without having died: H2 reuses no space while it is taken. */
    private static final Duration STUCK = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** Writes a copy of the ledger as it is now. */
    interface Source {
        void copyTo(OutputStream out) throws IOException;
    }

    private final LedgerFile file;
    private final Source source;
    private final ServerSocketChannel server;
    private final Thread giver;
    private final ScheduledThreadPoolExecutor watch;
    private volatile Optional<Taken> taken = Optional.empty();
    private volatile boolean closing;

    private CopySocket(LedgerFile file, Source source, ServerSocketChannel server) {
        this.file = file;
        this.source = source;
        this.server = server;
        this.giver = Daemons.thread(NAME, this::give);
        this.watch = Daemons.timer(NAME);
    }

    /**
     * Begins to listen. The caller holds the database, so a socket that is there is left over from a process that is
     * gone.
     *
     * @throws IOException if there can be no socket: a path of more than some hundred bytes, a file system without them
     */
    static CopySocket listen(LedgerFile file, Source source) throws IOException {
        Files.deleteIfExists(file.socket());
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(file.socket()));
            // The ledger holds response URLs: nobody but its owner may have them.
            Files.setPosixFilePermissions(file.socket(), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        CopySocket socket = new CopySocket(file, source, server);
        socket.giver.start();
        socket.watch.scheduleWithFixedDelay(
                socket::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return socket;
    }

    /** Breaks off the copy under way. */
    @Override
    public void close() {
        closing = true;
        watch.shutdown();
        try {
            server.close();
            Files.deleteIfExists(file.socket());
        } catch (IOException e) {
            LOG.debug("the socket for backups was not removed: {}", e.getClass().getName());
        }
        taken.ifPresent(Taken::breakOff);
        try {
            giver.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void give() {
        while (!closing) {
            try (SocketChannel channel = server.accept();
                    Taken copy = new Taken(channel)) {
                taken = Optional.of(copy);
                source.copyTo(copy);
                LOG.info("a backup was taken: {} bytes", copy.bytes);
            } catch (ClosedChannelException e) {
                LOG.debug("no more backups");
            } catch (IOException | RuntimeException | Error e) { // an Error, too: nobody would give one ever after
                if (!closing) {
                    LOG.warn("a backup broke off: {}", e.getMessage());
                }
            } finally {
                taken = Optional.empty();
            }
        }
    }

    private void look() {
        taken.filter(copy -> System.nanoTime() - copy.lastNanos > STUCK.toNanos())
                .ifPresent(Taken::breakOff);
    }

    /** A copy on its way. */
    private static final class Taken extends FilterOutputStream {
        private final SocketChannel channel;
        private long bytes;
        private volatile long lastNanos = System.nanoTime();

        Taken(SocketChannel channel) {
            super(Channels.newOutputStream(channel));
            this.channel = channel;
        }

        @Override
        public void write(byte[] many, int from, int length) throws IOException {
            out.write(many, from, length);
            bytes += length;
            lastNanos = System.nanoTime();
        }

        void breakOff() {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("a backup's connection was closed already");
            }
        }
    }
}
