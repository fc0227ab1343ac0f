package dev.switchboard.slack.text;

import dev.switchboard.call.Announcement;
import dev.switchboard.call.Call;
import dev.switchboard.call.Participant;
import dev.switchboard.call.Person;
import dev.switchboard.call.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What is said of a Call when it is over: how long it was, who was there and for how long. */
final class Summaries {
    private static final int PEOPLE_NAMED = 50;

    private Summaries() {}

    /** @param measured whether the meeting server told who was in; otherwise only our own buttons did, if there are any */
    static String text(Snapshot now, boolean measured) {
        Call call = now.call();
        Instant end = call.end().map(Call.End::at).orElse(now.readAt());
        Duration length = call.end().map(Call.End::duration).orElse(Duration.ZERO);
        List<Participant> people = now.participants().stream()
                .filter(Participant::came)
                .sorted(Comparator.comparing((Participant p) -> p.attended(end)).reversed())
                .toList();
        if (people.isEmpty()) {
            return measured
                    ? Wording.name(call) + " has ended. Nobody joined."
                    : Wording.name(call) + " lasted " + Wording.length(length) + ".";
        }
        String lasted = Wording.name(call) + " lasted " + Wording.length(length);
        String most = measured && now.watch().peak() > 1
                ? ", with " + now.watch().peak() + " people in at once at most.\n"
                : ".\n";
        return lasted
                + most
                + (measured ? "Who was there: " : "Who joined by the button: ")
                + named(people, end, measured);
    }

    private static String named(List<Participant> people, Instant end, boolean measured) {
        String first = people.stream()
                .limit(PEOPLE_NAMED)
                .map(p -> name(p.person()) + (measured ? " (" + Wording.length(p.attended(end)) + ")" : ""))
                .collect(Collectors.joining(", "));
        return people.size() > PEOPLE_NAMED ? first + " and " + (people.size() - PEOPLE_NAMED) + " more" : first;
    }

    /** Somebody by mention, or by the name that the meeting server shows. */
    static String name(Person person) {
        return person.slackId()
                .map(Wording::mention)
                .orElseGet(() -> SlackText.escape(person.displayName().orElse("somebody")));
    }

    static String recording(Call call, Announcement.Recording recording) {
        return "A recording of " + Wording.name(call) + " is ready (" + Wording.length(recording.length()) + "): <"
                + SlackText.escape(recording.url().toString()) + "|Watch>";
    }
}
