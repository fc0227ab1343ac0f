package dev.switchboard.slack;

import com.slack.api.app_backend.events.payload.Authorization;
import com.slack.api.app_backend.events.payload.EventsApiPayload;
import dev.switchboard.call.Call;
import dev.switchboard.call.ChannelId;
import dev.switchboard.call.TeamId;
import dev.switchboard.slack.text.SlackText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the listeners share in reading payloads. */
final class Payloads {
    /** Longer than any that Slack makes, and as long as the ledger holds. */
    static final int LONGEST_URL = 4_000;

    private Payloads() {}

    /** A payload lacks what every one of its kind has. The message names the field and nothing of the content. */
    static final class Incomplete extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Incomplete(String field) {
            super("no usable " + field);
        }
    }

    /**
     * A field that has to be there.
     *
     * @throws Incomplete if it is not
     */
    static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new Incomplete(field);
        }
        return value;
    }

    /**
     * A field that has to be there and to be an id as Slack makes them.
     *
     * @throws Incomplete if it is not
     */
    static <I> I id(String field, @Nullable String value, Function<String, I> type) {
        try {
            return type.apply(required(field, value));
        } catch (IllegalArgumentException e) {
            throw new Incomplete(field);
        }
    }

    /**
     * What tells a request from all others and is repeated when Slack delivers it again.
     *
     * @param id the {@code event_id} or {@code trigger_id}
     * @param body what to go by where Slack gave no id: the same body is the same request
     */
    static String delivery(String kind, @Nullable String id, String body) {
        return kind + " " + (id == null || id.isBlank() || id.length() > 200 ? digest(body) : id);
    }

    private static String digest(String body) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The workspace that an event came to us for. Of a channel that is shared with another company (Slack Connect)
     * {@code team_id} names the one where it happened, which may not be ours; {@code authorizations} names the
     * installation (https://docs.slack.dev/apis/events-api/#authorizations).
     *
     * @throws Incomplete if none is named
     */
    static TeamId team(EventsApiPayload<?> event) {
        List<Authorization> all =
                event.getAuthorizations() == null ? List.<Authorization>of() : event.getAuthorizations();
        return id(
                "team_id",
                all.stream()
                        // One for a whole organisation names no workspace of it.
                        .filter(one -> one != null && !Boolean.TRUE.equals(one.getIsEnterpriseInstall()))
                        .map(Authorization::getTeamId)
                        .filter(team -> team != null && !team.isBlank())
                        .findFirst()
                        .orElse(event.getTeamId()),
                TeamId::new);
    }

    /** A web link; empty if it is none, or longer than the ledger holds. */
    static Optional<URI> url(@Nullable String url) {
        return Optional.ofNullable(url)
                .filter(text -> text.length() <= LONGEST_URL)
                .flatMap(SlackText::uri);
    }

    /** A name that Slack gives something, like a time stamp or a handle; empty if it is missing, or longer than Slack's. */
    static Optional<String> name(@Nullable String value, int longest) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank() && text.length() <= longest);
    }

    /**
     * What a command's payload lets guess of the conversation. Slack names public channels, and says only
     * {@code privategroup}, {@code directmessage} or {@code mpdm-...} of the others.
     */
    static Call.Visibility visibility(ChannelId channel, @Nullable String name) {
        boolean named = name != null
                && !name.isBlank()
                && !name.equals("privategroup")
                && !name.equals("directmessage")
                && !name.startsWith("mpdm-");
        return named && channel.value().startsWith("C")
                ? Call.Visibility.PUBLIC_BY_NAME
                : Call.Visibility.PRIVATE_UNTIL_KNOWN;
    }
}
