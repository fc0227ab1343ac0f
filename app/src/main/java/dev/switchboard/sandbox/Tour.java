package dev.switchboard.sandbox;

import dev.switchboard.sandbox.meeting.MeetingSession;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.Workspace;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The life of a Call, played in the sandbox: what each person types, and what Slack then shows. */
public final class Tour {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_MILLIS = 20;

    private final Sandbox sandbox;
    private final Workspace workspace;
    private final PrintStream out;
    private final Person ana;
    private final Person bo;
    private final Person cy;
    private final Conversation general;
    private final Conversation random;

    public Tour(Sandbox sandbox, PrintStream out) {
        this.sandbox = sandbox;
        this.workspace = sandbox.slack().workspace();
        this.out = out;
        this.ana = workspace.person("ana");
        this.bo = workspace.person("bo");
        this.cy = workspace.person("cy");
        this.general = workspace.conversation("general");
        this.random = workspace.conversation("random");
    }

    /** A step did not come out as it should. */
    private static final class Astray extends Exception {
        private static final long serialVersionUID = 1L;

        Astray(String expected) {
            super(expected);
        }
    }

    /**
     * Plays it.
     *
     * @return whether every step came out as it should
     */
    public boolean play() {
        try {
            PostedMessage card = start();
            Call call = workspace.call(card.callIds().get(0));
            decline(call);
            rename(call, card);
            join(call, card);
            paste(call);
            end(call, card);
            out.println("Every step came out as it should.");
            return true;
        } catch (Astray e) {
            out.println("✗ " + e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private PostedMessage start() throws Astray, InterruptedException {
        types(ana, general, "/call @bo Weekly sync");
        PostedMessage card = await("the Call's card in #general", () -> cardIn(general));
        Call call = workspace.call(card.callIds().get(0));
        check("the card is called Weekly sync", call.title().equals(Optional.of("Weekly sync")));
        shows("#general", card, ana);
        PostedMessage ring = await("a direct message that rings Bo", () -> cardIn(workspace.botMessagesOf(bo)));
        shows("Bo's direct messages", ring, bo);
        await("Bo on the card", () -> listed(call, bo) ? Optional.of(call) : Optional.empty());
        return card;
    }

    private void decline(Call call) throws Astray, InterruptedException {
        out.println("▸ Bo declines the Call in his direct messages");
        bo.declines(call);
        await("Bo off the card", () -> listed(call, bo) ? Optional.empty() : Optional.of(call));
        PostedMessage told = await(
                "a word to Ana",
                () -> workspace.botMessagesOf(ana).visibleTo(ana).stream()
                        .filter(message -> message.text().contains("declined"))
                        .findFirst());
        shows("Ana's direct messages", told, ana);
    }

    private void rename(Call call, PostedMessage card) throws Astray, InterruptedException {
        types(ana, general, "/call rename Weekly sync & cake");
        await("the new title on the card", () -> call.title().filter(title -> title.equals("Weekly sync & cake")));
        shows("#general", now(general, card), ana);
    }

    /** People in the room are on the card, where the meeting server says who is in. */
    private void join(Call call, PostedMessage card) throws Astray, InterruptedException {
        if (enter(call, card, cy).isEmpty()) {
            return;
        }
        await("Cy on the card", () -> listed(call, cy) ? Optional.of(call) : Optional.empty());
        shows("#general", now(general, card), ana);
    }

    private Optional<MeetingSession> enter(Call call, PostedMessage card, Person person)
            throws Astray, InterruptedException {
        return switch (sandbox.provider()) {
            case LINK -> Optional.empty();
            case JITSI -> {
                out.println("▸ " + person.displayName() + " follows the link on the card into the room");
                String room = URI.create(call.joinUrl()).getPath();
                yield Optional.of(sandbox.jitsi().join(room, person.displayName(), person.email()));
            }
            case BIGBLUEBUTTON -> {
                out.println("▸ " + person.displayName() + " presses Join as me, and follows the link that only "
                        + person.displayName() + " sees");
                person.clicks(card, "Join as me").await(PATIENCE);
                URI link = await("a link of one's own", () -> ownLink(person));
                yield Optional.of(sandbox.bigBlueButton().follow(link));
            }
        };
    }

    private Optional<URI> ownLink(Person person) {
        return general.visibleTo(person).stream()
                .filter(PostedMessage::ephemeral)
                .flatMap(message -> message.elements().stream())
                .filter(button -> button.has("url"))
                .map(button -> URI.create(button.get("url").getAsString()))
                .findFirst();
    }

    private void paste(Call call) throws Astray, InterruptedException {
        String link = call.joinUrl();
        out.println("▸ Cy pastes the room's link in #random: " + link);
        PostedMessage posted = cy.posts("anyone? " + link, random);
        PostedMessage unfurled = await(
                "the same Call under the link",
                () -> Optional.of(now(random, posted)).filter(m -> m.callIds().equals(List.of(call.id()))));
        shows("#random", unfurled, cy);
        check("there is still one Call", workspace.calls().size() == 1);
    }

    private void end(Call call, PostedMessage card) throws Astray, InterruptedException {
        types(ana, general, "/call end");
        await("the end of the Call", () -> call.ended() ? Optional.of(call) : Optional.empty());
        check("its duration was told", call.durationGiven());
        PostedMessage summary = await(
                "a summary in the card's thread",
                () -> general.messages().stream()
                        .filter(message -> message.threadTs().equals(Optional.of(card.ts())))
                        .findFirst());
        shows("#general", now(general, card), ana);
        shows("the thread", summary, ana);
    }

    private void types(Person person, Conversation where, String command) throws Astray, InterruptedException {
        out.println("▸ " + person.displayName() + " types in #" + where.name() + ": " + command);
        int seen = where.visibleTo(person).size();
        check(
                "the command was acknowledged",
                person.types(command, where).await(PATIENCE).acknowledged());
        List<PostedMessage> visible = where.visibleTo(person);
        for (PostedMessage message : visible.subList(Math.min(seen, visible.size()), visible.size())) {
            if (message.ephemeral()) {
                shows("only " + person.displayName(), message, person);
            }
        }
    }

    private static boolean listed(Call call, Person person) {
        return call.activeParticipants().stream().anyMatch(p -> p.slackId().equals(Optional.of(person.id())));
    }

    private static Optional<PostedMessage> cardIn(Conversation where) {
        return where.messages().stream()
                .filter(message -> !message.callIds().isEmpty())
                .findFirst();
    }

    private static PostedMessage now(Conversation where, PostedMessage message) {
        return where.message(message.ts()).orElse(message);
    }

    private void shows(String where, PostedMessage message, Person viewer) {
        out.println("  " + where + " sees:");
        workspace.render(message, viewer).forEach(line -> out.println("    │ " + line));
    }

    private static void check(String expected, boolean so) throws Astray {
        if (!so) {
            throw new Astray("Not so: " + expected + ".");
        }
    }

    private static <T> T await(String what, Supplier<Optional<T>> look) throws Astray, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        throw new Astray("Waited " + PATIENCE.toSeconds() + " s for " + what + ".");
    }
}
