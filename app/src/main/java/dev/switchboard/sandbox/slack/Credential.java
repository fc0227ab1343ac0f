package dev.switchboard.sandbox.slack;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A token of the app, with the scopes it was granted; both can be taken away while the bot runs. */
public final class Credential {
    private final String token;
    private final Set<String> scopes;
    private Optional<String> refusal = Optional.empty();

    Credential(String token, Collection<String> scopes) {
        this.token = token;
        this.scopes = new TreeSet<>(scopes);
    }

    public String token() {
        return token;
    }

    /** The scopes granted, sorted. */
    public synchronized Set<String> scopes() {
        return new TreeSet<>(scopes);
    }

    public synchronized void grant(String scope) {
        scopes.add(scope);
    }

    public synchronized void withdraw(String scope) {
        scopes.remove(scope);
    }

    /** Every call is answered {@code token_revoked} from now on. */
    public synchronized void revoke() {
        refusal = Optional.of("token_revoked");
    }

    /** Every call is answered {@code account_inactive} from now on, as after the app was removed. */
    public synchronized void deactivate() {
        refusal = Optional.of("account_inactive");
    }

    /** Mends {@link #revoke()} and {@link #deactivate()}. */
    public synchronized void restore() {
        refusal = Optional.empty();
    }

    synchronized void check(Collection<String> needed) {
        refusal.ifPresent(code -> {
            throw ApiError.of(code);
        });
        if (!scopes.containsAll(needed)) {
            throw ApiError.missingScope(String.join(",", needed), String.join(",", scopes));
        }
    }
}
