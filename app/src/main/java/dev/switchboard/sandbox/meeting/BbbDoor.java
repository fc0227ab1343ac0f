package dev.switchboard.sandbox.meeting;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Json;
import dev.switchboard.sandbox.slack.LiveSocket;
import dev.switchboard.sandbox.slack.Person;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Who comes into a BigBlueButton's meetings: with a session token, or through a room of Greenlight. */
final class BbbDoor implements Tabs.Door {
    private static final Pattern FRIENDLY_ID = Pattern.compile("[a-z0-9]{3}(-[a-z0-9]{3}){3}");

    private final FakeSlack slack;
    private final BbbMeetings meetings;
    private final Reception reception;
    private final Tabs tabs = new Tabs(this);

    BbbDoor(FakeSlack slack, BbbMeetings meetings, Reception reception) {
        this.slack = slack;
        this.meetings = meetings;
        this.reception = reception;
    }

    Tabs tabs() {
        return tabs;
    }

    /** The session that a ticket is for, the same after a reload. */
    MeetingSession seat(String meetingId, String session) {
        return new MeetingSession(new MeetingSession.Seat() {
            @Override
            public String enter() {
                if (!come(meetingId, session)) {
                    throw new IllegalStateException("The meeting is over, or this session is");
                }
                tabs.tell(meetingId);
                return session;
            }

            @Override
            public void leave(String same) {
                BbbDoor.this.leave(new Tabs.Tab(meetingId, same));
                tabs.tell(meetingId);
            }

            @Override
            public void drop(String same) {
                meetings.with(meetingId, meeting -> {
                    meeting.present.drop(same, slack.clock().instant());
                    return same;
                });
            }
        });
    }

    private boolean come(String meetingId, String session) {
        Optional<BbbMeeting.Entered> entered = meetings.with(meetingId, meeting -> meeting.enter(session));
        entered.map(BbbMeeting.Entered::ousted)
                .orElse(List.of())
                .forEach(old ->
                        tabs.putOut(tab -> tab.session().equals(old), "You joined from elsewhere once too often."));
        return entered.filter(BbbMeeting.Entered::in).isPresent();
    }

    /** A session in the meeting of a Greenlight room, which the first one starts. */
    Tabs.Tab greenlight(String friendlyId, String name) throws BbbRefusal {
        if (!FRIENDLY_ID.matcher(friendlyId).matches()) {
            throw new BbbRefusal("notFound", "There is no such room.");
        }
        String meetingId = open(friendlyId, "Room " + friendlyId);
        String session = meetings.word(16);
        BbbMeeting.Ticket ticket = new BbbMeeting.Ticket("gl-guest-" + meetings.word(12), name, false, false, false);
        meetings.with(meetingId, meeting -> Optional.ofNullable(meeting.tickets.put(session, ticket)));
        return new Tabs.Tab(meetingId, session);
    }

    /** Starts the meeting of a Greenlight room unless it is on, as Greenlight does it. */
    String open(String friendlyId, String name) throws BbbRefusal {
        Optional<String> on = meetings.ofGreenlight(friendlyId);
        return on.isPresent()
                ? on.get()
                : meetings.create(Map.of(
                                "meetingID", meetings.word(40),
                                "name", name,
                                "meta_bbb-origin", "greenlight",
                                "meta_bbb-context-id", friendlyId,
                                "meta_bbb-context-name", name))
                        .meeting()
                        .id;
    }

    @Override
    public Tabs.Entry enter(LiveSocket socket) {
        if (reception.down()) {
            return Tabs.Entry.down();
        }
        try {
            Optional<String> room = socket.parameter("greenlight").filter(id -> !id.isEmpty());
            Optional<Tabs.Tab> tab = room.isPresent()
                    ? Optional.of(greenlight(room.get(), name(socket)))
                    : socket.parameter("sessionToken").flatMap(this::known);
            return tab.filter(found -> come(found.room(), found.session()))
                    .map(found -> Tabs.Entry.in(found.room(), found.session()))
                    .orElseGet(() -> Tabs.Entry.refused("This meeting is over, or your link was used up."));
        } catch (BbbRefusal refusal) {
            return Tabs.Entry.refused(refusal.words());
        }
    }

    private Optional<Tabs.Tab> known(String session) {
        return meetings.ofSession(session).map(meetingId -> new Tabs.Tab(meetingId, session));
    }

    private String name(LiveSocket socket) {
        String as = socket.parameter("as").orElse("Guest");
        return slack.workspace().people().stream()
                .filter(somebody -> somebody.name().equals(as))
                .findFirst()
                .map(Person::displayName)
                .orElse(as);
    }

    @Override
    public void leave(Tabs.Tab tab) {
        meetings.with(tab.room(), meeting -> {
            meeting.leave(tab.session(), slack.clock().instant());
            return tab;
        });
    }

    @Override
    public void mute(Tabs.Tab tab, boolean muted) {
        meetings.with(tab.room(), meeting -> {
            meeting.present.mute(tab.session(), muted);
            return tab;
        });
    }

    @Override
    public void admit(Tabs.Tab tab) {
        meetings.with(tab.room(), meeting -> {
            if (leads(meeting, tab)) {
                meeting.admit();
            }
            return tab;
        });
    }

    private static boolean leads(BbbMeeting meeting, Tabs.Tab tab) {
        return meeting.present.get(tab.session()).filter(Occupant::moderator).isPresent();
    }

    void admitAll(String meetingId) {
        meetings.with(meetingId, meeting -> {
            meeting.admit();
            return meetingId;
        });
        tabs.tell(meetingId);
    }

    void ended(String meetingId) {
        tabs.putOut(tab -> tab.room().equals(meetingId), "The meeting was ended for everybody.");
    }

    @Override
    public JsonObject picture(Tabs.Tab tab) {
        Supplier<JsonObject> nothing = () -> Pictures.of("", List.of(), "");
        return meetings.with(tab.room(), meeting -> picture(meeting, tab)).orElseGet(nothing);
    }

    private static JsonObject picture(BbbMeeting meeting, Tabs.Tab tab) {
        BbbMeeting.Ticket ticket = meeting.tickets.get(tab.session());
        if (ticket != null && ticket.waiting()) {
            return Json.object("title", meeting.name, "waiting", "Please wait until a moderator lets you in.");
        }
        JsonObject picture = Pictures.of(meeting.name, meeting.present.all(), tab.session());
        if (leads(meeting, tab)) {
            picture.addProperty("guests", meeting.waiting());
        }
        return picture;
    }
}
