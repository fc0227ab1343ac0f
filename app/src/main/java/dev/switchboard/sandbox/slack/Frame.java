package dev.switchboard.sandbox.slack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** One WebSocket frame, RFC 6455 section 5.2. */
final class Frame {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private final boolean last;
    private final int opcode;
    private final byte[] payload;

    Frame(boolean last, int opcode, byte[] payload) {
        this.last = last;
        this.opcode = opcode;
        this.payload = payload;
    }

    static Frame text(String text) {
        return new Frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static Frame close(int code, String reason) {
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + words.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(words, 0, payload, 2, words.length);
        return new Frame(true, CLOSE, payload);
    }

    static Frame ping(String text) {
        return new Frame(true, PING, text.getBytes(StandardCharsets.UTF_8));
    }

    boolean last() {
        return last;
    }

    int opcode() {
        return opcode;
    }

    byte[] payload() {
        return payload;
    }

    /** The bytes a server sends: unmasked. */
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 10);
        out.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length < 65_536) {
            out.write(126);
            writeLength(out, 2);
        } else {
            out.write(127);
            writeLength(out, 8);
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private void writeLength(ByteArrayOutputStream out, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            out.write((int) ((long) payload.length >> (8 * i)) & 0xff);
        }
    }
}
