package dev.switchboard.sandbox.meeting;

import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Visit;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The front of a meeting server: writes down what comes, and lets go wrong what is to go wrong. */
final class Reception {
    private static final Pattern SECRETS =
            Pattern.compile("(?i)\\b(checksum|token|jwt|password|attendeePW|moderatorPW)=[^&]*");

    private final FakeSlack slack;
    private final Clock clock;
    private final MeetingJournal journal = new MeetingJournal();
    private final MeetingFaults faults;
    private volatile boolean down;

    Reception(FakeSlack slack, String address) {
        this.slack = slack;
        this.clock = slack.clock();
        this.faults = new MeetingFaults(address);
    }

    /** Answers what is asked under these paths. */
    void mount(Function<Ask, Answer> desk, String... paths) {
        slack.mount(visit -> receive(visit, desk), paths);
    }

    MeetingJournal journal() {
        return journal;
    }

    MeetingFaults faults() {
        return faults;
    }

    boolean down() {
        return down;
    }

    void down(boolean now) {
        down = now;
    }

    private void receive(Visit visit, Function<Ask, Answer> desk) {
        Ask ask = Ask.read(visit);
        Map<String, String> parameters = new HashMap<>(Ask.parameters(ask.form()));
        parameters.putAll(ask.parameters());
        String query = SECRETS.matcher(ask.query()).replaceAll("$1=***");
        journal.arrived(new MeetingJournal.Request(clock.instant(), ask.method(), ask.path(), query, parameters));
        Optional<MeetingFaults.Fault> fault = down ? Optional.empty() : faults.take(ask.path());
        Duration delay = fault.map(MeetingFaults.Fault::delay).orElse(Duration.ZERO);
        if (delay.isZero()) {
            answer(visit, ask, fault, desk);
        } else {
            visit.later(delay, () -> answer(visit, ask, fault, desk));
        }
    }

    private void answer(Visit visit, Ask ask, Optional<MeetingFaults.Fault> fault, Function<Ask, Answer> desk) {
        try {
            if (fault.filter(MeetingFaults.Fault::cut).isPresent()) {
                journal.answered();
                visit.drop();
                return;
            }
            Answer answer = down
                    ? Answer.page(503, "Service Unavailable")
                    : fault.flatMap(MeetingFaults.Fault::instead).orElseGet(() -> desk.apply(ask));
            journal.answered();
            visit.reply(answer.status(), answer.headers(), answer.contentType(), answer.body());
        } catch (RuntimeException broken) {
            visit.reply(500, Map.of(), "text/html", "The stand-in itself broke: " + broken);
            throw broken;
        }
    }
}
