package dev.switchboard;

import dev.switchboard.sandbox.meeting.MeetingSession;
import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Faults;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What many people do while everything goes wrong; all of it follows from one seed. */
final class ChaosScript {
    private static final List<String> METHODS = List.of(
            "calls.add",
            "chat.postMessage",
            "calls.participants.add",
            "calls.participants.remove",
            "calls.update",
            "calls.end",
            "calls.info",
            "chat.update",
            "chat.unfurl",
            "conversations.open",
            "conversations.history",
            "conversations.info",
            "users.info",
            "users.lookupByEmail",
            "apps.connections.open",
            Faults.RESPONSE_URL);

    /** {@code -Dchaos.disk=false}: the disk is never full. */
    private static final boolean DISK = Boolean.parseBoolean(System.getProperty("chaos.disk", "true"));

    private static final List<String> PEOPLE = List.of("ana", "bo", "cy");
    private static final List<String> PLACES = List.of("general", "general", "project", "random");
    /** Beyond it response URLs expire, and what can only go there is rightly never said. */
    private static final Duration MOST_MOVED = Duration.ofMinutes(4);

    private final ChaosWorld world;
    private final Random random;
    /** The titles of Calls asked for, and what came of asking. */
    private final Map<String, Attempt> starts = new LinkedHashMap<>();

    /** All commands and buttons, those too whose answer nobody waited for. */
    private final List<Attempt> attempts = new ArrayList<>();

    private final List<Attempt> refusedWithRoom = new ArrayList<>();
    private final List<MeetingSession> inRooms = new ArrayList<>();

    ChaosScript(ChaosWorld world, long seed) {
        this.world = world;
        this.random = new Random(seed);
    }

    /** Whether it was answered that nothing can be written down at the moment. */
    static boolean refused(Attempt attempt) {
        return attempt.answer()
                .filter(answer -> answer.contains("can't write anything down"))
                .isPresent();
    }

    Map<String, Attempt> starts() {
        return starts;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    /** What was refused though the disk had room, and long enough for the bot to have found that out. */
    List<Attempt> refusedWithRoom() {
        return refusedWithRoom;
    }

    /** One thing that somebody does, or that happens. */
    void next() throws InterruptedException {
        if (random.nextInt(5) == 0) {
            trouble();
            return;
        }
        world.awaitConnection();
        Workspace workspace = any(world.slack().workspaces());
        Person person = workspace.person(any(PEOPLE));
        Conversation where = workspace.conversation(any(PLACES));
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> start(person, where);
            case 4 -> types(person, "/call invite @" + any(PEOPLE), where);
            case 5 -> types(person, "/call rename Renamed " + random.nextInt(1000), where);
            case 6 -> types(person, "/call end", where);
            case 7 -> types(person, random.nextBoolean() ? "/call info" : "/call list", where);
            case 8 -> presses(workspace.person(any(PEOPLE)));
            case 9 -> joins(workspace, person);
            case 10 -> leaves();
            default -> pastes(workspace, person, where);
        }
    }

    /** Everybody leaves their rooms. */
    void allLeave() {
        inRooms.forEach(MeetingSession::leave);
        inRooms.clear();
    }

    private void start(Person person, Conversation where) throws InterruptedException {
        String title = "Talk " + starts.size();
        String invited = random.nextBoolean() ? "@" + any(PEOPLE) + " " : "";
        Attempt attempt = settled(person.types("/call " + invited + title, where));
        starts.put(title, attempt);
    }

    private void types(Person person, String command, Conversation where) throws InterruptedException {
        settled(person.types(command, where));
    }

    /** Mostly one after the other; sometimes several are under way. */
    private Attempt settled(Attempt attempt) throws InterruptedException {
        attempts.add(attempt);
        if (random.nextInt(4) == 0) {
            return attempt;
        }
        boolean mayBeRefused = world.shortOfRoom();
        attempt.await(Duration.ofSeconds(30));
        if (refused(attempt) && !mayBeRefused) {
            refusedWithRoom.add(attempt);
        }
        return attempt;
    }

    private void presses(Person person) throws InterruptedException {
        List<PostedMessage> messages = person.workspace().botMessagesOf(person).visibleTo(person).stream()
                .filter(message -> !message.elements().isEmpty())
                .toList();
        if (!messages.isEmpty()) {
            PostedMessage message = any(messages);
            String button = any(message.elements()).get("action_id").getAsString();
            try {
                settled(person.clicks(message, button));
            } catch (IllegalArgumentException e) {
                // Its buttons were taken away at that moment.
            }
        }
    }

    private Optional<Call> anyLive(Workspace workspace) {
        List<Call> live =
                workspace.calls().stream().filter(call -> !call.ended()).toList();
        return live.isEmpty() ? Optional.empty() : Optional.of(any(live));
    }

    private void joins(Workspace workspace, Person person) {
        anyLive(workspace).ifPresent(call -> {
            String url = call.joinUrl().split("[?#]", 2)[0];
            String room = url.substring(url.lastIndexOf('/') + 1);
            inRooms.add(world.jitsi().join(room, person.displayName(), person.email()));
        });
    }

    private void leaves() {
        if (!inRooms.isEmpty()) {
            inRooms.remove(random.nextInt(inRooms.size())).leave();
        }
    }

    private void pastes(Workspace workspace, Person person, Conversation where) {
        anyLive(workspace)
                .ifPresent(call -> person.posts("see " + call.joinUrl().split("#", 2)[0], where));
    }

    private void trouble() {
        if (DISK && (world.diskFull() || random.nextInt(10) == 0)) {
            world.disk(!world.diskFull());
            return;
        }
        switch (random.nextInt(16)) {
            case 0 -> world.killAndStart();
            case 1 -> world.slack().connections().drop();
            case 2 -> world.slack().connections().close();
            case 3 -> world.slack().connections().refresh();
            case 4 -> {
                if (random.nextInt(4) == 0) {
                    world.slack().connections().hang();
                }
            }
            case 5 -> world.advance(Duration.ofMillis(random.nextInt((int) MOST_MOVED.toMillis())));
            case 6 -> world.jitsi().faults().next(1 + random.nextInt(5)).badGateway();
            case 7 -> world.jitsi().faults().next(1 + random.nextInt(5)).loginPage();
            case 8 -> world.jitsi().faults().next(1 + random.nextInt(3)).cut();
            default -> spoil(world.slack().faults().on(any(METHODS)).next(1 + random.nextInt(3)));
        }
    }

    private void spoil(Faults.Order order) {
        switch (random.nextInt(9)) {
            case 0 -> order.http(500);
            case 1 -> order.http(503);
            case 2 -> order.rateLimit(Duration.ofSeconds(1 + random.nextInt(3)));
            case 3 -> order.failWith("internal_error");
            case 4 -> order.page(502);
            case 5 -> order.delay(Duration.ofMillis(random.nextInt(1_500)));
            case 6 -> order.dropBeforeEffect();
            case 7 -> order.garble(200, "<html>Sign in</html>");
            default -> order.dropAfterEffect();
        }
    }

    private <T> T any(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }
}
