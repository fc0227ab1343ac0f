package dev.switchboard.sandbox.meeting;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What BigBlueButton's API answers: docs.bigbluebutton.org/development/api. */
final class BbbDesk {
    private static final Set<String> CALLS =
            Set.of("create", "join", "getMeetingInfo", "getMeetings", "isMeetingRunning", "end", "getRecordings");
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_ID = 256;

    private final BbbMeetings meetings;
    private final BbbSettings settings;
    private final Clock clock;
    private final Consumer<String> ended;

    /** The desk; {@code ended} is told the id of a meeting that was ended for all. */
    BbbDesk(BbbMeetings meetings, BbbSettings settings, Clock clock, Consumer<String> ended) {
        this.meetings = meetings;
        this.settings = settings;
        this.clock = clock;
        this.ended = ended;
    }

    Answer receive(Ask ask) {
        if (ask.path().replaceFirst("/$", "").endsWith("/api")) {
            return BbbXml.success()
                    .with("version", "2.0")
                    .with("apiVersion", "2.0")
                    .answer();
        }
        Map<String, String> parameters = new HashMap<>(Ask.parameters(ask.form()));
        parameters.putAll(ask.parameters());
        try {
            if (!CALLS.contains(ask.call())) {
                throw new BbbRefusal("unsupportedRequest", "This request is not supported.");
            }
            if (ask.call().equals("getMeetings") && !settings.getMeetings) {
                return noMeetings();
            }
            String signed = ask.parameter("checksum").isPresent() ? ask.query() : ask.form();
            if (!BbbSignature.good(ask.call(), signed, settings.secret, settings.algorithms)) {
                throw new BbbRefusal("checksumError", "Checksums do not match");
            }
            return answer(ask.call(), parameters);
        } catch (BbbRefusal refusal) {
            return ask.call().equals("join") && redirects(parameters) ? turnedAway(refusal) : failed(refusal);
        }
    }

    private Answer answer(String call, Map<String, String> parameters) throws BbbRefusal {
        return switch (call) {
            case "create" -> create(parameters);
            case "join" -> join(parameters);
            case "getMeetingInfo" -> info(parameters);
            case "getMeetings" -> list();
            case "isMeetingRunning" ->
                BbbXml.success()
                        .with(
                                "running",
                                meetings.with(id(parameters), BbbDesk::running).orElse(false))
                        .answer();
            case "end" -> end(parameters);
            default -> recordings(parameters);
        };
    }

    private Answer failed(BbbRefusal refusal) {
        BbbXml xml = BbbXml.failed();
        return settings.errorList
                ? xml.errors(refusal.key(), refusal.words()).answer()
                : xml.with("messageKey", refusal.key())
                        .with("message", refusal.words())
                        .answer();
    }

    private static boolean redirects(Map<String, String> parameters) {
        return !parameters.getOrDefault("redirect", "true").equalsIgnoreCase("false");
    }

    /** A browser is sent to a page that says why. */
    private Answer turnedAway(BbbRefusal refusal) {
        return Answer.redirect(settings.client + "?error=" + Ask.encoded(refusal.words()));
    }

    private static String id(Map<String, String> parameters) throws BbbRefusal {
        String id = parameters.getOrDefault("meetingID", "");
        if (id.isEmpty()) {
            throw new BbbRefusal("missingParamMeetingID", "You must provide a meeting ID");
        }
        if (id.length() < 2 || id.length() > LONGEST_ID) {
            throw new BbbRefusal("validationError", "Meeting ID must be between 2 and 256 characters");
        }
        if (id.indexOf(',') >= 0) {
            throw new BbbRefusal("validationError", "Meeting ID cannot contain ','");
        }
        return id;
    }

    private static BbbRefusal notFound() {
        return new BbbRefusal("notFound", "A meeting with that ID does not exist");
    }

    private Answer create(Map<String, String> parameters) throws BbbRefusal {
        String id = id(parameters);
        String name = parameters.getOrDefault("name", "");
        if (name.isEmpty()) {
            throw new BbbRefusal("missingParamName", "You must provide a meeting name");
        }
        if (name.length() < 2 || name.length() > LONGEST_NAME) {
            throw new BbbRefusal("validationError", "Meeting name must be between 2 and 64 characters");
        }
        BbbMeetings.Created created = meetings.create(parameters);
        BbbMeeting meeting = created.meeting();
        return BbbXml.success()
                .with("meetingID", id)
                .with("internalMeetingID", meeting.internalId)
                .with("parentMeetingID", "bbb-none")
                .with("attendeePW", meeting.attendeePassword)
                .with("moderatorPW", meeting.moderatorPassword)
                .with("createTime", meeting.created.toEpochMilli())
                .with(
                        "hasUserJoined",
                        meetings.with(id, BbbMeeting::hasUserJoined).orElse(false))
                .with("duration", meeting.parameters.getOrDefault("duration", "0"))
                .with("hasBeenForciblyEnded", false)
                .with("messageKey", created.again() ? "duplicateWarning" : "")
                .with(
                        "message",
                        created.again()
                                ? "This conference was already in existence and may currently be in progress."
                                : "")
                .answer();
    }

    private Answer join(Map<String, String> parameters) throws BbbRefusal {
        String session = admission(parameters);
        String url = settings.client + "?sessionToken=" + session;
        if (redirects(parameters)) {
            return Answer.redirect(url);
        }
        String id = id(parameters);
        BbbMeeting.Ticket ticket =
                meetings.with(id, meeting -> meeting.tickets.get(session)).orElseThrow(BbbDesk::notFound);
        return BbbXml.success()
                .with("messageKey", "successfullyJoined")
                .with("message", "You have joined successfully.")
                .with(
                        "meeting_id",
                        meetings.with(id, meeting -> meeting.internalId).orElse(""))
                .with("user_id", ticket.userId())
                .with("auth_token", meetings.word(12))
                .with("session_token", session)
                .with("guestStatus", ticket.waiting() ? "WAIT" : "ALLOW")
                .with("url", url)
                .answer();
    }

    /** What a right join link comes to: the token of a session. */
    String admission(Map<String, String> parameters) throws BbbRefusal {
        String id = id(parameters);
        String name = parameters.getOrDefault("fullName", "");
        if (name.isBlank()) {
            throw new BbbRefusal("missingParamFullName", "You must provide your name");
        }
        BbbRefusal unknown = new BbbRefusal(
                "invalidMeetingIdentifier", "The meeting ID that you supplied did not match any existing meetings");
        if (meetings.with(id, meeting -> meeting.endAsked().isPresent()).orElseThrow(() -> unknown)) {
            throw new BbbRefusal(
                    "meetingForciblyEnded", "You can not re-join a meeting that has already been forcibly ended.");
        }
        String createTime = parameters.getOrDefault("createTime", "");
        boolean moderator = moderator(id, parameters);
        boolean stale = !createTime.isEmpty()
                && !meetings.with(id, meeting -> String.valueOf(meeting.created.toEpochMilli()))
                        .equals(Optional.of(createTime));
        if (stale) {
            throw new BbbRefusal(
                    "mismatchCreateTimeParam",
                    "The createTime parameter submitted mismatches with the current meeting.");
        }
        String policy = meetings.with(id, meeting -> meeting.parameters.getOrDefault("guestPolicy", ""))
                .orElse("");
        boolean guest = parameters.getOrDefault("guest", "").equals("true") && !moderator;
        if (guest && policy.equals("ALWAYS_DENY")) {
            throw new BbbRefusal("guestDeny", "Guest access is denied.");
        }
        String session = meetings.word(16);
        String user = Optional.ofNullable(parameters.get("userID"))
                .filter(given -> !given.isEmpty())
                .orElseGet(() -> "w_" + meetings.word(12));
        boolean waiting = guest && policy.equals("ASK_MODERATOR");
        BbbMeeting.Ticket ticket = new BbbMeeting.Ticket(user, name, moderator, waiting, false);
        meetings.with(id, meeting -> Optional.ofNullable(meeting.tickets.put(session, ticket)));
        return session;
    }

    /** By role, or by one of the passwords. */
    private boolean moderator(String id, Map<String, String> parameters) throws BbbRefusal {
        String role = parameters.getOrDefault("role", "");
        if (role.equalsIgnoreCase("MODERATOR") || role.equalsIgnoreCase("VIEWER")) {
            return role.equalsIgnoreCase("MODERATOR");
        }
        String password = parameters.getOrDefault("password", "");
        if (meetings.with(id, meeting -> meeting.moderatorPassword).equals(Optional.of(password))) {
            return true;
        }
        if (meetings.with(id, meeting -> meeting.attendeePassword).equals(Optional.of(password))) {
            return false;
        }
        throw new BbbRefusal("invalidPassword", "The supplied password is neither the moderator's nor the attendees'.");
    }

    private static boolean running(BbbMeeting meeting) {
        return !meeting.present.isEmpty();
    }

    private Answer info(Map<String, String> parameters) throws BbbRefusal {
        return meetings.with(id(parameters), meeting -> described(BbbXml.success(), meeting))
                .orElseThrow(BbbDesk::notFound)
                .answer();
    }

    private Answer list() {
        BbbXml xml = BbbXml.success().open("meetings");
        List<String> listed = meetings.each(meeting -> {
            described(xml.open("meeting"), meeting).close("meeting");
            return meeting.id;
        });
        return listed.isEmpty() ? noMeetings() : xml.close("meetings").answer();
    }

    private static Answer noMeetings() {
        return BbbXml.success()
                .empty("meetings")
                .with("messageKey", "noMeetings")
                .with("message", "no meetings were found on this server")
                .answer();
    }

    private static BbbXml described(BbbXml xml, BbbMeeting meeting) {
        List<Occupant> people = meeting.present.all();
        xml.with("meetingName", meeting.name)
                .with("meetingID", meeting.id)
                .with("internalMeetingID", meeting.internalId)
                .with("createTime", meeting.created.toEpochMilli())
                .with("attendeePW", meeting.attendeePassword)
                .with("moderatorPW", meeting.moderatorPassword)
                .with("running", running(meeting))
                .with("duration", meeting.parameters.getOrDefault("duration", "0"))
                .with("hasUserJoined", meeting.hasUserJoined())
                .with("recording", false)
                .with("hasBeenForciblyEnded", meeting.endAsked().isPresent())
                .with("startTime", meeting.created.toEpochMilli())
                .with("endTime", meeting.endAsked().map(Instant::toEpochMilli).orElse(0L))
                .with("participantCount", people.size())
                .with("listenerCount", 0)
                .with("voiceParticipantCount", people.size())
                .with("videoCount", 0)
                .with("maxUsers", 0)
                .with(
                        "moderatorCount",
                        people.stream().filter(Occupant::moderator).count())
                .open("attendees");
        people.forEach(person -> attendee(xml, person, people.get(0).equals(person)));
        xml.close("attendees").open("metadata");
        meeting.metadata.forEach(xml::with);
        return xml.close("metadata").with("isBreakout", false);
    }

    private static void attendee(BbbXml xml, Occupant person, boolean presenter) {
        xml.open("attendee")
                .with("userID", person.userId())
                .with("fullName", person.name())
                .with("role", person.moderator() ? "MODERATOR" : "VIEWER")
                .with("isPresenter", presenter)
                .with("isListeningOnly", false)
                .with("hasJoinedVoice", !person.muted())
                .with("hasVideo", false)
                .with("clientType", "HTML5")
                .empty("customdata")
                .close("attendee");
    }

    private Answer end(Map<String, String> parameters) throws BbbRefusal {
        String id = id(parameters);
        boolean there =
                meetings.with(id, meeting -> meeting.end(clock.instant())).isPresent();
        if (!there) {
            throw notFound();
        }
        ended.accept(id);
        return BbbXml.success()
                .with("messageKey", "sentEndMeetingRequest")
                .with(
                        "message",
                        "A request to end the meeting was sent.  Please wait a few seconds, and then use the getMeetingInfo or isMeetingRunning API calls to verify that it was ended.")
                .answer();
    }

    private Answer recordings(Map<String, String> parameters) {
        Optional<List<String>> ids = list(parameters, "meetingID");
        List<String> states = list(parameters, "state").orElse(List.of("published", "unpublished"));
        List<BbbMeetings.Recording> found = meetings.recordings().stream()
                .filter(recording ->
                        ids.map(all -> all.contains(recording.meeting().id)).orElse(true))
                .filter(recording -> states.contains("any") || states.contains(recording.state()))
                .toList();
        if (found.isEmpty()) {
            return BbbXml.success()
                    .empty("recordings")
                    .with("messageKey", "noRecordings")
                    .with("message", "There are no recordings for the meeting(s).")
                    .answer();
        }
        BbbXml xml = BbbXml.success().open("recordings");
        found.forEach(recording -> recording(xml, recording));
        return xml.close("recordings").answer();
    }

    private static Optional<List<String>> list(Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.get(name))
                .filter(text -> !text.isEmpty())
                .map(text -> List.of(text.split(",", -1)));
    }

    private static void recording(BbbXml xml, BbbMeetings.Recording recording) {
        BbbMeeting meeting = recording.meeting();
        boolean published = recording.state().equals("published");
        xml.open("recording")
                .with("recordID", recording.id())
                .with("meetingID", meeting.id)
                .with("internalMeetingID", meeting.internalId)
                .with("name", meeting.name)
                .with("isBreakout", false)
                .with("published", published)
                .with("state", recording.state())
                .with("startTime", meeting.created.toEpochMilli())
                .with("endTime", meeting.created.plus(recording.length()).toEpochMilli())
                .open("metadata");
        meeting.metadata.forEach(xml::with);
        xml.close("metadata").open("playback");
        if (published) {
            xml.open("format")
                    .with("type", "presentation")
                    .with("url", recording.url())
                    .with("processingTime", 7177)
                    .with("length", recording.length().toMinutes())
                    .close("format");
        }
        xml.close("playback").close("recording");
    }
}
