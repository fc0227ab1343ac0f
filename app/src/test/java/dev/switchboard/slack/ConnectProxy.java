package dev.switchboard.slack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy that tunnels (RFC 9110, 9.3.6), for whoever knows the password if there is one. Whatever host it is asked
 * for, it goes to this machine: what runs here is reached past every proxy, so that another name has to stand for it.
 */
final class ConnectProxy implements AutoCloseable {
    private final Optional<String> authorization;
    private final ServerSocket server;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** @param userAndPassword {@code user:password}; empty: anybody may pass */
    ConnectProxy(Optional<String> userAndPassword) {
        authorization = userAndPassword.map(
                text -> "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        inBackground(this::serve);
    }

    String place() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** What it was asked, request line and headers. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                inBackground(() -> tunnel(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void tunnel(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            heads.add(head);
            if (!head.startsWith("CONNECT ")) {
                say(client, "405 Method Not Allowed");
                return;
            }
            if (authorization.isPresent() && !head.contains("Proxy-Authorization: " + authorization.get() + "\r\n")) {
                say(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"tests\"");
                return;
            }
            String[] place = head.split(" ", 3)[1].split(":", 2);
            try (Socket there = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(place[1]))) {
                sockets.add(there);
                client.getOutputStream()
                        .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                String handshake = head(client.getInputStream()).replace(place[0], "127.0.0.1");
                there.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
                inBackground(() -> pass(there, client));
                pass(client, there);
            }
        } catch (IOException e) {
            // One of the two left.
        }
    }

    private static void say(Socket client, String status) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.indexOf("\r\n\r\n") >= 0) {
                break;
            }
        }
        return head.toString();
    }

    private static void pass(Socket from, Socket to) {
        byte[] bytes = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                out.write(bytes, 0, read);
            }
            to.close();
        } catch (IOException e) {
            // One of the two left.
        }
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "connect-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
