package dev.switchboard.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server, and cuts connections whose transaction was committed before the client hears. */
public final class CommitCutter implements AutoCloseable {
    private final URI server;
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger toCut = new AtomicInteger();

    /** @param url the JDBC URL of a database */
    public CommitCutter(String url) throws IOException {
        this.server = URI.create(url.substring("jdbc:".length()));
        threads.execute(this::serve);
    }

    /** The database's URL by way of here. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + door.getLocalPort() + server.getPath();
    }

    /** Cuts the connections of the next commits. */
    public void cut(int commits) {
        toCut.set(commits);
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket there = new Socket(server.getHost(), server.getPort());
                threads.execute(() -> forth(client, there));
                threads.execute(() -> pass(there, client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void forth(Socket client, Socket there) {
        try (client;
                there) {
            InputStream from = client.getInputStream();
            OutputStream to = there.getOutputStream();
            byte[] bytes = new byte[1 << 16];
            for (int read = from.read(bytes); read > 0; read = from.read(bytes)) {
                boolean commit = new String(bytes, 0, read, StandardCharsets.ISO_8859_1).contains("COMMIT");
                if (commit && toCut.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    client.close();
                    to.write(bytes, 0, read);
                    there.shutdownOutput(); // it carries out what it has read
                    there.getInputStream().readAllBytes();
                    return;
                }
                to.write(bytes, 0, read);
            }
        } catch (IOException e) {
            // one of them is gone, and the other goes with it
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // likewise
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
