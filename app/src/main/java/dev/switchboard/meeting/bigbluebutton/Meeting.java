package dev.switchboard.meeting.bigbluebutton;

import dev.switchboard.call.Presence;
import dev.switchboard.call.Presence.Occupant;
import dev.switchboard.call.UserId;
import dev.switchboard.meeting.DisplayName;
import dev.switchboard.meeting.OccupantKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * A meeting as {@code getMeetingInfo} and {@code getMeetings} describe it.
 *
 * @param id the meeting's id
 * @param contextId the Greenlight room that it is of; may be empty
 */
record Meeting(String id, String contextId, Presence presence) {
    private static final Presence UNTOLD = new Presence.Unknown("a meeting without attendees", Optional.empty());

    /** Slack's form of ids; personal links carry them. */
    private static final Pattern OF_SLACK = Pattern.compile("[UW][A-Z0-9]{2,63}");

    /** What the server makes up for links without an id: of browsers, and of telephones. */
    private static final Pattern MADE_UP = Pattern.compile("(?s)[wv]_.*");

    /** @param meeting the element that holds the meeting's members */
    static Meeting read(Element meeting) {
        boolean over = XmlReply.truth(meeting, "hasBeenForciblyEnded")
                || XmlReply.text(meeting, "endTime").matches("[0-9]*[1-9][0-9]*");
        // Nobody named is not nobody there.
        boolean told = !XmlReply.children(meeting, "attendees").isEmpty();
        String contextId = XmlReply.children(meeting, "metadata", "bbb-context-id").stream()
                .findFirst()
                .map(element -> element.getTextContent().strip())
                .orElse("");
        return new Meeting(
                XmlReply.text(meeting, "meetingID"),
                contextId,
                over ? new Presence.Absent() : told ? live(meeting) : UNTOLD);
    }

    /** Each person once: by the id of their link, else by name, the second of a name apart from the first. */
    private static Presence.Live live(Element meeting) {
        List<Element> attendees = XmlReply.children(meeting, "attendees", "attendee");
        Map<String, Occupant> people = new LinkedHashMap<>();
        Map<String, Integer> ofName = new HashMap<>();
        int nameless = 0;
        List<Element> inOrder = attendees.stream()
                .sorted(Comparator.comparing(attendee -> XmlReply.text(attendee, "userID")))
                .toList();
        for (Element attendee : inOrder) {
            String id = XmlReply.text(attendee, "userID");
            Optional<UserId> slackId = OF_SLACK.matcher(id).matches() ? Optional.of(new UserId(id)) : Optional.empty();
            Optional<String> name =
                    DisplayName.of(XmlReply.text(attendee, "fullName")).or(() -> slackId.map(UserId::value));
            if (name.isEmpty()) {
                nameless++;
                continue;
            }
            boolean madeUp = id.isEmpty() || MADE_UP.matcher(id).matches();
            String key = slackId.map(UserId::value)
                    .orElseGet(() -> madeUp
                            ? OccupantKey.ofName(name.get(), ofName.merge(name.get(), 1, Integer::sum))
                            : OccupantKey.ofId(id));
            people.putIfAbsent(key, new Occupant(key, name.get(), Optional.empty(), slackId, Optional.empty()));
        }
        return new Presence.Live(List.copyOf(people.values()), nameless);
    }
}
