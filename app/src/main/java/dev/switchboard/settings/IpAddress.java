package dev.switchboard.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address read from its written form, without ever asking a name server. */
record IpAddress(InetAddress address) {
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    private static final Pattern MAYBE_V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** The address; empty when the text is a name or anything else. IPv6 may be in brackets. */
    static Optional<IpAddress> parse(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        try {
            if (V4.matcher(bare).matches()) {
                return Optional.of(new IpAddress(InetAddress.getByName(bare)));
            }
            if (MAYBE_V6.matcher(bare).matches()) {
                // In brackets the JDK takes it for an address or fails; without, it might ask a name server.
                return Optional.of(new IpAddress(InetAddress.getByName("[" + bare + "]")));
            }
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    boolean isLoopback() {
        return address.isLoopbackAddress();
    }

    int bits() {
        return address.getAddress().length * Byte.SIZE;
    }

    /** Whether the first bits of both are the same; never for one of IPv4 and one of IPv6. */
    boolean sharesPrefix(IpAddress other, int prefixBits) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
