package dev.switchboard.sandbox.page;

import com.google.gson.JsonObject;
import dev.switchboard.sandbox.meeting.MeetingServer;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Faults;
import dev.switchboard.sandbox.slack.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The switches that make things go wrong. */
final class Trouble {
    private static final Duration SLOWNESS = Duration.ofSeconds(2);
    private static final Duration LIMITED_TO_ONE_IN = Duration.ofSeconds(10);
    private static final List<String> TARGETS = List.of(
            "calls.add",
            "calls.update",
            "calls.end",
            "calls.info",
            "calls.participants.add",
            "calls.participants.remove",
            "chat.postMessage",
            "chat.postEphemeral",
            "chat.update",
            "chat.unfurl",
            "conversations.open",
            "users.info",
            "views.open",
            "views.publish",
            Faults.RESPONSE_URL);

    private final FakeSlack slack;
    private final MeetingServer meetings;
    private final AtomicBoolean nextFails = new AtomicBoolean();
    private volatile boolean limited;
    private volatile boolean slow;

    Trouble(FakeSlack slack, MeetingServer meetings) {
        this.slack = slack;
        this.meetings = meetings;
        for (String target : TARGETS) {
            slack.faults()
                    .on(target)
                    .always()
                    .when(arguments -> nextFails.getAndSet(false))
                    .failWith("internal_error");
            slack.faults().on(target).always().when(arguments -> slow).delay(SLOWNESS);
        }
    }

    /**
     * Turns a switch.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    void turn(String name, boolean on) {
        switch (name) {
            case "limited" -> {
                limited = on;
                slack.rateLimits(on ? LIMITED_TO_ONE_IN : Duration.ZERO, 1);
            }
            case "slow" -> slow = on;
            case "nextFails" -> nextFails.set(on);
            case "meetingDown" -> meetings.down(on);
            case "drop" -> slack.connections().drop();
            default -> throw new IllegalArgumentException("There is no switch " + name);
        }
    }

    JsonObject json() {
        return Json.object(
                "limited", limited,
                "slow", slow,
                "nextFails", nextFails.get(),
                "meetingDown", meetings.down(),
                "connections", slack.connections().open(),
                "opened", slack.connections().opened());
    }
}
