package dev.switchboard.sandbox.slack;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HTTP request that asks for a WebSocket, RFC 6455 section 4. */
final class LinkHandshake {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern PARAMETER = Pattern.compile("[?&]([^=&]*)=([^&]*)");

    private final String requestLine;
    private final Map<String, String> headers = new HashMap<>();

    LinkHandshake(String head) {
        String[] lines = head.split("\r\n", -1);
        this.requestLine = lines[0];
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
        }
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    String ticket() {
        return parameter("ticket").orElse("");
    }

    /** The path, without the query. */
    String path() {
        return target().split("\\?", 2)[0];
    }

    private String target() {
        String[] words = requestLine.split(" ", 3);
        return words.length < 2 ? "" : words[1];
    }

    /** A parameter of the query, decoded. */
    Optional<String> parameter(String name) {
        Matcher matcher = PARAMETER.matcher(target());
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return Optional.of(URLDecoder.decode(matcher.group(2), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    byte[] acceptance() {
        return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + accept(headers.getOrDefault("sec-websocket-key", ""))
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    byte[] refusal(ApiAnswer answer) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Refused\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("Content-Length: 0\r\nConnection: close\r\n\r\n")
                .toString()
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
