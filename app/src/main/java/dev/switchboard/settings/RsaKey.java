package dev.switchboard.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * A private RSA key that signs tokens, and the name under which whoever checks them finds its public half. Its text form
 * holds nothing of the key.
 *
 * @param key of 2048 bits at least (RFC 7518, 3.3)
 * @param id the header {@code kid} of what it signs; not blank
 */
public record RsaKey(PrivateKey key, String id) {
    private static final int FEWEST_BITS = 2048;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    @Override
    public String toString() {
        return "RsaKey[key=***, id=" + id + "]";
    }

    /** Reads the file, PEM with PKCS#8 inside (RFC 7468, 10); no refusal quotes what is in it. */
    static PrivateKey read(String file) throws Refusal {
        Path path;
        try {
            path = Path.of(file);
        } catch (InvalidPathException e) {
            throw new Refusal("is not a path of this system");
        }
        try {
            return parse(TextFile.read(path));
        } catch (Refusal refusal) {
            throw new Refusal("names " + Reading.shown(path) + ", which " + refusal.sentence());
        }
    }

    private static PrivateKey parse(String pem) throws Refusal {
        if (pem.contains("-----BEGIN RSA PRIVATE KEY-----")) {
            throw new Refusal("is in the older form PKCS#1; convert it with"
                    + " `openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem`");
        }
        if (pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
            throw new Refusal("has a passphrase; write one without it with `openssl pkcs8 -in old.pem -out new.pem`");
        }
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new Refusal("is not a private key in PEM form (a line " + BEGIN + ")");
        }
        PrivateKey key = decoded(pem.substring(begin + BEGIN.length(), end));
        if (((RSAPrivateKey) key).getModulus().bitLength() < FEWEST_BITS) {
            throw new Refusal("holds an RSA key of less than " + FEWEST_BITS + " bits");
        }
        return key;
    }

    private static PrivateKey decoded(String base64) throws Refusal {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Refusal("is not an RSA key; make one with `openssl genpkey -algorithm RSA -out key.pem`");
        }
    }
}
