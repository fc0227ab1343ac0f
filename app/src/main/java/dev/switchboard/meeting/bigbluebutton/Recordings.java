package dev.switchboard.meeting.bigbluebutton;

import dev.switchboard.call.MeetingProvider.Recording;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/** The recordings in an answer to {@code getRecordings}. */
final class Recordings {
    private static final int LONGEST_ID = 200;
    /** Formats that come with a recording and can't be watched. */
    private static final Set<String> NOT_TO_WATCH = Set.of("statistics", "notes", "capture");

    private Recordings() {}

    /** Those that can be watched, the oldest first. */
    static List<Recording> read(XmlReply reply) {
        return XmlReply.children(reply.response(), "recordings", "recording").stream()
                .filter(recording -> XmlReply.text(recording, "state").equals("published"))
                .sorted(Comparator.comparing(recording -> number(XmlReply.text(recording, "startTime"))))
                .flatMap(recording -> one(recording).stream())
                .toList();
    }

    private static Optional<Recording> one(Element recording) {
        String id = XmlReply.text(recording, "recordID");
        return XmlReply.children(recording, "playback", "format").stream()
                .filter(format -> !NOT_TO_WATCH.contains(XmlReply.text(format, "type")))
                .flatMap(format -> url(XmlReply.text(format, "url"))
                        .map(url -> new Recording(
                                id,
                                url,
                                Duration.ofMinutes(number(XmlReply.text(format, "length"))),
                                Instant.ofEpochMilli(number(XmlReply.text(recording, "startTime"))),
                                Instant.ofEpochMilli(number(XmlReply.text(recording, "endTime")))))
                        .stream())
                .filter(found -> !id.isEmpty() && id.length() <= LONGEST_ID)
                .findFirst();
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = new URI(text);
            return Optional.of(url)
                    .filter(found -> found.getHost() != null
                            && String.valueOf(found.getScheme()).matches("https?"));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : 0;
    }
}
