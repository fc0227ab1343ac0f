package dev.switchboard.sandbox;

import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The workspace on a terminal: one line typed is one thing a person does. */
public final class Terminal {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Workspace workspace;
    private final PrintStream out;

    public Terminal(Sandbox sandbox, PrintStream out) {
        this.workspace = sandbox.slack().workspace();
        this.out = out;
    }

    /** What can be typed. */
    public void explain() {
        out.println("""
                Type what somebody does, one line each:
                  PERSON CONVERSATION TEXT         says TEXT there; TEXT may be a command:  ana general /call @bo Standup
                  PERSON CONVERSATION              shows what they see there:               bo general
                  PERSON CONVERSATION click BUTTON presses a button of the last message:    bo bot click Decline
                  calls                            shows every Call
                  quit                             stops the sandbox""");
        out.println(
                "People: " + names(workspace.people().stream().map(Person::name).toList()));
        out.println("Conversations: "
                + names(workspace.conversations().stream()
                        .map(Conversation::name)
                        .toList())
                + ", bot (a person's direct messages with the bot)");
    }

    /** Does what each line says, until {@code quit} or the end of the input. @return whether it was told to quit */
    public boolean listen(BufferedReader in) throws IOException, InterruptedException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.strip().equals("quit")) {
                return true;
            }
            try {
                act(line.strip());
            } catch (IllegalArgumentException | IllegalStateException e) {
                out.println("! " + e.getMessage());
            }
        }
        return false;
    }

    private void act(String line) throws InterruptedException {
        if (line.isEmpty()) {
            return;
        }
        if (line.equals("calls")) {
            workspace.calls().forEach(this::show);
            return;
        }
        String[] words = line.split("\\s+", 3);
        if (words.length < 2) {
            explain();
            return;
        }
        Person person = workspace.person(words[0]);
        Conversation where =
                words[1].equals("bot") ? workspace.botMessagesOf(person) : workspace.conversation(words[1]);
        String text = words.length < 3 ? "" : words[2];
        if (text.startsWith("/")) {
            settle(person.types(text, where));
        } else if (text.startsWith("click ")) {
            List<PostedMessage> visible = where.visibleTo(person);
            if (visible.isEmpty()) {
                throw new IllegalArgumentException("there is no message");
            }
            settle(person.clicks(visible.get(visible.size() - 1), text.substring("click ".length())));
        } else if (!text.isEmpty()) {
            person.posts(text, where);
        }
        look(person, where);
    }

    private void settle(Attempt attempt) throws InterruptedException {
        attempt.await(PATIENCE).error().ifPresent(error -> out.println("! Slack shows the error " + error));
    }

    private void look(Person person, Conversation where) {
        for (PostedMessage message : where.visibleTo(person)) {
            workspace.render(message, person).forEach(line -> out.println("│ " + line));
        }
    }

    private void show(Call call) {
        out.println(call.id() + "  " + call.title().orElse("(no title)") + "  " + call.joinUrl()
                + (call.ended() ? "  ended" : "  live"));
    }

    private static String names(List<String> names) {
        return names.stream().collect(Collectors.joining(", "));
    }
}
