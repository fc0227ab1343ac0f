package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static dev.switchboard.Office.lists;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.meeting.MeetingSession;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Journal.ApiCall;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.Workspace;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Everything at once, with 50 requests a minute for each method: 60 starts, 200 rings, 2,000 joins and leaves over 40
 * live Calls, 20 ends. Time is the office's clock, which goes on when nothing more can be done at a moment.
 */
@Timeout(180)
class StormTest {
    private static final int LIVE = 40;
    private static final int STARTS = 60;
    private static final int RINGS_EACH = 5;
    private static final int SESSIONS_EACH = 25;
    private static final int ENDS = 20;

    /** The slowest budget's number of necessary requests over its rate: 60 times calls.add at 50 a minute. */
    private static final Duration LEAST = Duration.ofSeconds(60L * STARTS / 50);

    @RegisterExtension
    private final Office office = new Office()
            .withJitsi()
            .with("SWITCHBOARD_POLL_INTERVAL", "5s")
            .with("SLACK_TIER3_PER_MINUTE", "50")
            .slack(options -> options.workspaces("acme", "globex"));

    private final List<Conversation> teams = new ArrayList<>();
    private final List<Conversation> others = new ArrayList<>();
    private final List<Person> staff = new ArrayList<>();
    private final List<Call> live = new ArrayList<>();
    private int requestsBefore;

    @BeforeEach
    void forty_live_calls() {
        for (int i = 0; i < LIVE; i++) {
            staff.add(office.acme().hire("person" + i, Person.Role.MEMBER));
            teams.add(channel("team-" + i));
            office.types(office.ana(), "/call Team " + i, teams.get(i));
        }
        for (int i = 0; i < STARTS; i++) {
            others.add(channel("other-" + i));
        }
        teams.forEach(team -> live.add(office.callIn(team)));
        untilTimeMatters();
        office.clock().advance(Duration.ofMinutes(2));
        untilTimeMatters();
        requestsBefore = participantRequests();
        office.slack().rateLimits(Duration.ofMinutes(1));
    }

    @Test
    void all_of_it_is_in_slack_about_as_soon_as_slack_allows() {
        Instant start = office.clock().instant();
        List<MeetingSession> sessions = joins();
        rings();
        starts();
        untilTimeMatters();
        assertThat(cardsOf(others)).as("new Calls go first").isEqualTo(50);

        leave(sessions);
        ends();
        untilTimeMatters();
        assertThat(ended()).as("ends wait for nobody").isEqualTo(ENDS);

        while (!converged()) {
            office.clock().advance(Duration.ofSeconds(1));
            untilTimeMatters();
            assertThat(Duration.between(start, office.clock().instant()))
                    .as("until Slack shows it all")
                    .isLessThanOrEqualTo(LEAST.multipliedBy(12).dividedBy(10));
        }
        assertThat(office.slack().journal().calls())
                .extracting(ApiCall::error)
                .doesNotContain(Optional.of("ratelimited"));
        assertThat(participantRequests() - requestsBefore)
                .as("joins and leaves in common requests")
                .isLessThan(LIVE * SESSIONS_EACH / 5);
    }

    @Test
    void a_workspace_does_not_wait_for_another_ones_storm() {
        Workspace globex = office.slack().workspaces().get(1);
        starts();
        untilTimeMatters();
        assertThat(cardsOf(others)).as("the first workspace has to wait").isEqualTo(50);

        Conversation general = globex.conversation("general");
        office.types(globex.person("ana"), "/call Meanwhile", general);
        eventually(() -> cards(general).size() == 1);
    }

    /** Waits until all is done that can be done at this moment of the clock. */
    private void untilTimeMatters() {
        eventually(() -> busy("calls") == 0 && busy("watches") == 0);
    }

    private long busy(String table) throws SQLException {
        long now = office.clock().millis();
        return office.count("select count(*) from " + table + " where leased_until is not null or due_at <= " + now);
    }

    private List<MeetingSession> joins() {
        return live.stream()
                .flatMap(call -> IntStream.range(0, SESSIONS_EACH)
                        .mapToObj(i -> office.jitsi().join(room(call), "Guest " + i, "")))
                .toList();
    }

    /** One in each room stays. */
    private static void leave(List<MeetingSession> sessions) {
        for (int i = 0; i < sessions.size(); i++) {
            if (i % SESSIONS_EACH != 0) {
                sessions.get(i).leave();
            }
        }
    }

    private void rings() {
        for (int i = 0; i < LIVE; i++) {
            String invited =
                    invited(live.get(i)).map(person -> " @" + person.name()).collect(Collectors.joining());
            office.types(office.ana(), "/call invite" + invited, teams.get(i));
        }
    }

    private void starts() {
        for (Conversation other : others) {
            office.types(office.bo(), "/call Storm", other);
        }
    }

    private void ends() {
        teams.subList(0, ENDS).forEach(team -> office.types(office.ana(), "/call end", team));
    }

    private boolean converged() {
        return cardsOf(others) == STARTS
                && ended() == ENDS
                && live.subList(ENDS, LIVE).stream().allMatch(this::showsWhoIsInvitedAndWhoIsIn)
                && live.subList(ENDS, LIVE).stream().allMatch(this::rangWhoIsInvited);
    }

    private boolean showsWhoIsInvitedAndWhoIsIn(Call call) {
        Call shown = now(call);
        return invited(call).allMatch(person -> lists(shown, person))
                && shown.activeParticipants().stream()
                                .filter(p -> p.slackId().isEmpty())
                                .count()
                        == 1;
    }

    private boolean rangWhoIsInvited(Call call) {
        return invited(call)
                .allMatch(person -> office.rings(person).stream()
                        .anyMatch(ring -> ring.callIds().contains(call.id())));
    }

    private Stream<Person> invited(Call call) {
        int team = live.indexOf(call);
        return IntStream.range(0, RINGS_EACH).mapToObj(k -> staff.get((team + k) % LIVE));
    }

    private long ended() {
        return live.stream().filter(call -> now(call).ended()).count();
    }

    private static int cardsOf(List<Conversation> channels) {
        return channels.stream().mapToInt(channel -> cards(channel).size()).sum();
    }

    private int participantRequests() {
        return office.requests("calls.participants.add").size()
                + office.requests("calls.participants.remove").size();
    }

    private Call now(Call call) {
        return office.acme().call(call.id());
    }

    private Conversation channel(String name) {
        return office.acme().createChannel(name, Conversation.Kind.PUBLIC, office.ana(), office.bo());
    }

    private static String room(Call call) {
        String path = call.joinUrl().toString().replaceFirst("[?#].*", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
