package dev.switchboard.sandbox.slack;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Cuts the bytes of one connection into frames. Not safe for threads: a connection is read by one at a time. */
final class FrameReader {
    private byte[] bytes = new byte[4096];
    private int start;
    private int end;

    void append(ByteBuffer more) {
        int length = more.remaining();
        if (end + length > bytes.length) {
            bytes = Arrays.copyOf(
                    Arrays.copyOfRange(bytes, start, end), Math.max(bytes.length, 2 * (end - start + length)));
            end -= start;
            start = 0;
        }
        more.get(bytes, end, length);
        end += length;
    }

    /** The next whole frame, unmasked; empty when more bytes are needed. */
    Optional<Frame> next() {
        if (end - start < 2) {
            return Optional.empty();
        }
        int shortLength = bytes[start + 1] & 0x7f;
        int lengthBytes = shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0;
        boolean masked = (bytes[start + 1] & 0x80) != 0;
        int header = 2 + lengthBytes + (masked ? 4 : 0);
        if (end - start < header) {
            return Optional.empty();
        }
        int length = lengthBytes == 0 ? shortLength : (int) number(start + 2, lengthBytes);
        if (end - start < header + length) {
            return Optional.empty();
        }
        Frame frame = frame(header, length, masked);
        start += header + length;
        if (start == end) {
            start = 0;
            end = 0;
        }
        return Optional.of(frame);
    }

    private Frame frame(int header, int length, boolean masked) {
        int from = start + header;
        byte[] payload = Arrays.copyOfRange(bytes, from, from + length);
        if (masked) {
            for (int i = 0; i < length; i++) {
                payload[i] ^= bytes[from - 4 + i % 4];
            }
        }
        return new Frame((bytes[start] & 0x80) != 0, bytes[start] & 0x0f, payload);
    }

    private long number(int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return value;
    }
}
