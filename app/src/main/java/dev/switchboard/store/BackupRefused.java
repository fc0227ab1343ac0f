package dev.switchboard.store;

/** A backup can't be made or restored as it was asked for. The message is a sentence for the admin, without secrets. */
public final class BackupRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackupRefused(String message) {
        super(message);
    }

    BackupRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
