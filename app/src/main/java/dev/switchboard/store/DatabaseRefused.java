package dev.switchboard.store;

import org.jspecify.annotations.Nullable;

/** The database can't be used as it was configured. The message is a sentence for the admin, without secrets. */
public final class DatabaseRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseRefused(String message) {
        super(message);
    }

    DatabaseRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
