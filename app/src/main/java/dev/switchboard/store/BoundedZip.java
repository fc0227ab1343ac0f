package dev.switchboard.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.ZipOutputStream;

/**
 * A zip that takes so many bytes of what is written to it and lets the rest go. H2 copies its file to the end, and the
 * end of a busy ledger runs ahead of whoever packs it.
 */
final class BoundedZip extends ZipOutputStream {
    private long left;

    /** @param most bytes of content, not of the zip */
    BoundedZip(OutputStream out, long most) {
        super(out);
        this.left = most;
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        int taken = (int) Math.min(left, length);
        left -= taken;
        super.write(bytes, from, taken);
    }
}
