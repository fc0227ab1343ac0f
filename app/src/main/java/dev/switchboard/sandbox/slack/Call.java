package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A Call as Slack knows it; a live view. What it means is in docs.slack.dev/apis/calls. */
public final class Call {
    private final String id;
    private final String externalUniqueId;
    private final Optional<String> externalDisplayId;
    private final String createdBy;
    private final long dateStart;
    private final List<Participant> active = new ArrayList<>();
    private final List<Participant> all = new ArrayList<>();
    private final Set<String> channels = new LinkedHashSet<>();
    private final Set<String> rejectedBy = new LinkedHashSet<>();
    private Optional<String> title;
    private String joinUrl;
    private Optional<String> desktopAppJoinUrl;
    private OptionalLong dateEnd = OptionalLong.empty();
    private boolean durationGiven;

    /** What calls.add says of a Call; {@code dateStart} in seconds since 1970. */
    record Registration(
            String externalUniqueId,
            Optional<String> externalDisplayId,
            String joinUrl,
            Optional<String> desktopAppJoinUrl,
            Optional<String> title,
            String createdBy,
            long dateStart) {}

    Call(String id, Registration registration) {
        this.id = id;
        this.externalUniqueId = registration.externalUniqueId();
        this.externalDisplayId = registration.externalDisplayId();
        this.joinUrl = registration.joinUrl();
        this.desktopAppJoinUrl = registration.desktopAppJoinUrl();
        this.title = registration.title();
        this.createdBy = registration.createdBy();
        this.dateStart = registration.dateStart();
    }

    /** Slack's id, {@code R...}. */
    public String id() {
        return id;
    }

    public String externalUniqueId() {
        return externalUniqueId;
    }

    public Optional<String> externalDisplayId() {
        return externalDisplayId;
    }

    /** The id of the person who created it; empty text when the app didn't say. */
    public String createdBy() {
        return createdBy;
    }

    /** Seconds since 1970. */
    public long dateStart() {
        return dateStart;
    }

    public synchronized Optional<String> title() {
        return title;
    }

    public synchronized String joinUrl() {
        return joinUrl;
    }

    public synchronized Optional<String> desktopAppJoinUrl() {
        return desktopAppJoinUrl;
    }

    /** Who is in it now, in the order they came. */
    public synchronized List<Participant> activeParticipants() {
        return List.copyOf(active);
    }

    /** Who is or was in it. */
    public synchronized List<Participant> allParticipants() {
        return List.copyOf(all);
    }

    public synchronized boolean ended() {
        return dateEnd.isPresent();
    }

    /** The length shown on the ended card, in seconds; empty while it goes on. */
    public synchronized OptionalLong duration() {
        return dateEnd.isPresent() ? OptionalLong.of(dateEnd.getAsLong() - dateStart) : OptionalLong.empty();
    }

    /** Whether the app said how long it lasted; else Slack counts until the moment of calls.end. */
    public synchronized boolean durationGiven() {
        return durationGiven;
    }

    /** Ids of the conversations its card stands in. */
    public synchronized Set<String> channels() {
        return new LinkedHashSet<>(channels);
    }

    /** Ids of the people who declined it. */
    public synchronized Set<String> rejectedBy() {
        return new LinkedHashSet<>(rejectedBy);
    }

    synchronized void shownIn(String channel) {
        channels.add(channel);
    }

    synchronized void rejected(String person) {
        rejectedBy.add(person);
    }

    synchronized void update(Optional<String> newTitle, Optional<String> newJoinUrl, Optional<String> newDesktopUrl) {
        title = newTitle.or(() -> title);
        joinUrl = newJoinUrl.orElse(joinUrl);
        desktopAppJoinUrl = newDesktopUrl.or(() -> desktopAppJoinUrl);
    }

    synchronized void end(Instant now, OptionalLong duration) {
        requireActive();
        durationGiven = duration.isPresent();
        dateEnd = OptionalLong.of(
                duration.isPresent() ? dateStart + duration.getAsLong() : Math.max(dateStart, now.getEpochSecond()));
        active.clear();
    }

    /** Adds those not in it yet; true when some were in it already. */
    synchronized boolean join(Collection<Participant> newcomers) {
        requireActive();
        boolean someWereIn = false;
        for (Participant newcomer : newcomers) {
            if (active.stream().anyMatch(newcomer::sameAs)) {
                someWereIn = true;
            } else {
                active.add(newcomer);
                all.removeIf(newcomer::sameAs);
                all.add(newcomer);
            }
        }
        return someWereIn;
    }

    synchronized void leave(Collection<Participant> leavers) {
        requireActive();
        leavers.forEach(leaver -> active.removeIf(participant -> participant.removedBy(leaver)));
    }

    private void requireActive() {
        if (ended()) {
            throw ApiError.of("inactive_call");
        }
    }

    /** The Call object of the calls.* replies. */
    synchronized JsonObject json() {
        JsonObject json = Json.object(
                "id", id,
                "date_start", dateStart,
                "external_unique_id", externalUniqueId,
                "join_url", joinUrl,
                "channels", Json.array(channels),
                "users",
                        Json.array((ended() ? all : active)
                                .stream().map(Participant::json).toList()));
        dateEnd.ifPresent(end -> json.addProperty("date_end", end));
        externalDisplayId.ifPresent(value -> json.addProperty("external_display_id", value));
        title.ifPresent(value -> json.addProperty("title", value));
        desktopAppJoinUrl.ifPresent(value -> json.addProperty("desktop_app_join_url", value));
        return json;
    }

    /** What Slack adds to a call block under {@code call}: undocumented, as the SDKs' fixtures show it. */
    synchronized JsonObject blockJson(String appId) {
        JsonObject v1 = Json.object(
                "id", id,
                "app_id", appId,
                "date_start", dateStart,
                "active_participants",
                        Json.array(active.stream().map(Participant::json).toList()),
                "all_participants",
                        Json.array(all.stream().map(Participant::json).toList()),
                "display_id", externalDisplayId.orElse(""),
                "join_url", joinUrl,
                "desktop_app_join_url", desktopAppJoinUrl.orElse(""),
                "name", title.orElse(""),
                "created_by", createdBy,
                "date_end", dateEnd.orElse(0),
                "channels", Json.array(channels),
                "is_dm_call", channels.stream().anyMatch(channel -> channel.startsWith("D")),
                "was_rejected", !rejectedBy.isEmpty(),
                "was_missed", false,
                "was_accepted", false,
                "has_ended", ended());
        return Json.object("v1", v1, "media_backend_type", "platform_call");
    }
}
