package dev.switchboard.slack.text;

import static com.slack.api.model.block.Blocks.actions;
import static com.slack.api.model.block.Blocks.section;
import static com.slack.api.model.block.composition.BlockCompositions.markdownText;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import dev.switchboard.call.Call;
import dev.switchboard.call.CallRequest;
import dev.switchboard.call.Outcome;
import dev.switchboard.call.Participant;
import dev.switchboard.call.SlackCalls;
import dev.switchboard.call.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every sentence that answers a command or a button. Empty where nothing needs to be said, because what happened can be
 * seen in the conversation.
 */
public final class Answers implements Outcome.Answers<Optional<Answer>> {
    private static final String UNSURE =
            "Slack did not tell me just now whether you may see the Calls of public channels; try again in a minute.";

    private static final int PEOPLE_NAMED = 20;
    /** A message holds 50 blocks, and nobody looks through more Calls than that. */
    private static final int CALLS_OFFERED = 20;

    /** Slack's own limit for a command's name. */
    private static final int COMMAND_SHOWN = 32;

    private final String command;
    private final boolean ownLinks;
    private final Clock clock;

    /**
     * Answers for one bot.
     *
     * @param command the slash command's name, with the slash
     * @param ownLinks whether each person can have a link of their own
     */
    public Answers(String command, boolean ownLinks, Clock clock) {
        this.command = command;
        this.ownLinks = ownLinks;
        this.clock = clock;
    }

    /** The list of what one can type. */
    public Answer help() {
        return Answer.of("""
            *%1$s* starts a Call here, or offers the one that is live
            *%1$s Weekly sync* · *%1$s @ana @bo Weekly sync* with a title, with people who are rung
            *%1$s start end of sprint* for a title that begins with one of the words below
            *%1$s https://…* turns an existing room into a Call
            *%1$s invite @ana* · *%1$s rename New title* · *%1$s info* · *%1$s end* on the live Call here
            *%1$s list* what is live · *%1$s history* what was · *%1$s help* this\
            """.formatted(command));
    }

    /** Something broke on our side. */
    public Answer failed() {
        return Answer.of("Something went wrong on our side, and nothing was changed. Try again in a moment; if it"
                + " keeps happening, tell your admin.");
    }

    /**
     * The ledger can't be written to; only the admin can mend that.
     *
     * @param inDoubt whether what was asked for may be done nevertheless
     */
    public Answer notNow(boolean inDoubt) {
        return Answer.of(
                inDoubt
                        ? "I can't write anything down at the moment, and can't tell whether this was still written. Look"
                                + " here in a few minutes before you try again; if it keeps happening, tell your admin."
                        : "I can't write anything down at the moment, so nothing was changed. Try again in a few minutes;"
                                + " if it keeps happening, tell your admin.");
    }

    /** So much is going on that this has to wait. */
    public Answer busy() {
        return Answer.of("Too many requests at once, so yours was not taken. Try again in a moment.");
    }

    /** The bot is being stopped. */
    public Answer stopping() {
        return Answer.of("I'm being restarted, so your command was not taken. Try again in a moment.");
    }

    /** The command is not ours. */
    public Answer unknownCommand(String typed) {
        String shown = typed.substring(0, Math.min(typed.length(), COMMAND_SHOWN));
        return Answer.of("I don't know " + SlackText.escape(shown) + ". Try *" + command + " help*.");
    }

    @Override
    public Optional<Answer> started(Outcome.Started outcome) {
        return Optional.empty(); // the card says it all
    }

    @Override
    public Optional<Answer> joinInstead(Outcome.JoinInstead outcome) {
        List<LayoutBlock> blocks = new ArrayList<>();
        List<Call> offered = newest(outcome.calls());
        for (Call call : offered) {
            BlockElement join = ownLinks ? Buttons.joinAsMe(call) : Buttons.join(call);
            blocks.add(section(s -> s.text(markdownText(liveHere(call))).accessory(join)));
        }
        if (outcome.another()) {
            blocks.add(actions(List.of(Buttons.startAnother())));
        }
        return Optional.of(new Answer(
                offered.stream()
                        .map(call -> liveHere(call) + " " + Wording.link(call))
                        .collect(Collectors.joining("\n")),
                blocks));
    }

    /** The last ones of Calls in the order of their start. */
    private static List<Call> newest(List<Call> calls) {
        return calls.subList(Math.max(0, calls.size() - CALLS_OFFERED), calls.size());
    }

    private String liveHere(Call call) {
        return Wording.name(call) + " is live, started by " + Wording.mention(call.creator()) + " " + ago(call) + ".";
    }

    private String ago(Call call) {
        Duration age = Duration.between(call.startedAt(), clock.instant());
        return age.toMinutes() < 1 ? "just now" : Wording.length(age) + " ago";
    }

    @Override
    public Optional<Answer> notARoom(Outcome.NotARoom outcome) {
        return say("That link is not a room on our meeting server, so it can't become a Call. Type *" + command
                + "* for a new room.");
    }

    @Override
    public Optional<Answer> invited(Outcome.Invited outcome) {
        String name = Wording.name(outcome.call());
        if (outcome.invited().isEmpty()) {
            return say(
                    outcome.already().isEmpty()
                            ? "There is nobody to invite but yourself; mention the people you want on the Call."
                            : already(outcome.already()) + name + ".");
        }
        String already = outcome.already().isEmpty() ? "" : " " + already(outcome.already()) + "it.";
        return say("Inviting " + Wording.mentions(outcome.invited()) + " to " + name + "." + already);
    }

    private static String already(List<UserId> people) {
        return Wording.mentions(people) + (people.size() == 1 ? " is" : " are") + " already on ";
    }

    @Override
    public Optional<Answer> renamed(Outcome.Renamed outcome) {
        return say("The Call is now " + Wording.name(outcome.call()) + ".");
    }

    @Override
    public Optional<Answer> ended(Outcome.Ended outcome) {
        String ended = "Ended " + Wording.name(outcome.call()) + " after " + Wording.length(outcome.duration()) + ".";
        return say(outcome.roomStaysOpen() ? ended + " Its room stays open for those who are still in it." : ended);
    }

    @Override
    public Optional<Answer> declined(Outcome.Declined outcome) {
        return say("You declined " + Wording.name(outcome.call()) + ".");
    }

    @Override
    public Optional<Answer> noted(Outcome.Noted outcome) {
        String name = Wording.name(outcome.call());
        return switch (outcome.word()) {
            case JOINED -> Optional.empty(); // the link has opened
            case LEFT -> say("You left " + name + ".");
            case NOT_COMING -> say("You are no longer on " + name + ".");
            case NOT_ON -> say("You aren't on " + name + ".");
            case STILL_ON -> say(name + " goes on.");
        };
    }

    @Override
    public Optional<Answer> ownLink(Outcome.OwnLink outcome) {
        String text = "Your own link to " + Wording.name(outcome.call())
                + ". It lets whoever has it in as you, so keep it to yourself.";
        return Optional.of(new Answer(
                text,
                List.of(
                        section(s -> s.text(markdownText(text))),
                        actions(List.of(Buttons.openOwnLink(outcome.link()))))));
    }

    @Override
    public Optional<Answer> noLink(Outcome.NoLink outcome) {
        String name = Wording.name(outcome.call());
        return say(
                outcome.unreachable()
                        ? "I can't get your own link to " + name + " at the moment. Press the button again, or join by "
                                + Wording.link(outcome.call()) + "."
                        : "There is no link of your own to " + name + "; join by " + Wording.link(outcome.call())
                                + ".");
    }

    @Override
    public Optional<Answer> told(Outcome.Told outcome) {
        Call call = outcome.call();
        List<String> lines = new ArrayList<>();
        lines.add("*" + Wording.name(call) + "* · " + call.displayId());
        lines.add("Started by " + Wording.mention(call.creator()) + " " + Wording.moment(call.startedAt()) + " ("
                + ago(call) + ") in <#" + call.channel() + ">");
        people("On the Call: ", outcome.participants(), Participant::listed).ifPresent(lines::add);
        people("Declined: ", outcome.participants(), p -> p.standing() == Participant.Standing.DECLINED)
                .ifPresent(lines::add);
        lines.add(Wording.link(call) + ": " + call.room().joinUrl());
        lines.add(outcome.slack().map(Answers::slackView).orElse("Slack's card: not known at the moment."));
        return say(String.join("\n", lines));
    }

    private static Optional<String> people(
            String label, List<Participant> all, java.util.function.Predicate<Participant> which) {
        List<String> names =
                all.stream().filter(which).map(p -> Summaries.name(p.person())).toList();
        String more = names.size() > PEOPLE_NAMED ? " and " + (names.size() - PEOPLE_NAMED) + " more" : "";
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(label + String.join(", ", names.subList(0, Math.min(PEOPLE_NAMED, names.size()))) + more);
    }

    private static String slackView(SlackCalls.SlackView view) {
        String people = view.people() == 1 ? "1 person" : view.people() + " people";
        return "Slack's card: "
                + view.endedAt().map(end -> "ended " + Wording.moment(end)).orElse("live")
                + ", " + people + ".";
    }

    @Override
    public Optional<Answer> list(Outcome.Listing outcome) {
        if (outcome.calls().isEmpty() && outcome.unsure()) {
            return say(UNSURE);
        }
        if (outcome.calls().isEmpty()) {
            return say("No Call is live where you could see it. Type *" + command + "* to start one.");
        }
        return say(outcome.calls().stream()
                .map(call -> "• " + Wording.name(call) + " in <#" + call.channel() + ">, by "
                        + Wording.mention(call.creator()) + " " + ago(call) + " · " + Wording.link(call))
                .collect(
                        Collectors.joining("\n", "", (outcome.more() ? "\nand more" : "") + unsure(outcome.unsure()))));
    }

    @Override
    public Optional<Answer> history(Outcome.History outcome) {
        if (outcome.calls().isEmpty() && outcome.unsure()) {
            return say(UNSURE);
        }
        if (outcome.calls().isEmpty()) {
            return say(outcome.ofLast()
                    .map(last -> "You could see none of the last " + last
                            + " Calls of this workspace that ended; I don't look further back.")
                    .orElse("No Call has ended yet where you could see it."));
        }
        return say(outcome.calls().stream()
                .map(call -> "• " + Wording.name(call) + " in <#" + call.channel() + ">, by "
                        + Wording.mention(call.creator()) + " " + Wording.moment(call.startedAt())
                        + call.end()
                                .map(end -> ", lasted " + Wording.length(end.duration()))
                                .orElse(""))
                .collect(Collectors.joining(
                        "\n",
                        "",
                        outcome.ofLast()
                                        .map(last -> "\nThese are of the last " + last
                                                + " Calls of this workspace that ended; I don't look further back.")
                                        .orElse("")
                                + unsure(outcome.unsure()))));
    }

    private static String unsure(boolean unsure) {
        return unsure ? "\n" + UNSURE : "";
    }

    @Override
    public Optional<Answer> which(Outcome.Which outcome) {
        String question = "Several Calls are live here. Which one do you want to " + verb(outcome.request()) + "?";
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(section(s -> s.text(markdownText(question))));
        for (Call call : newest(outcome.calls())) {
            if (Buttons.value(call.id(), outcome.request()).length() > Buttons.VALUE_MOST) {
                return say("Several Calls are live here, and so many people can't be invited at once. Name fewer.");
            }
            BlockElement button = Buttons.choose(call, outcome.request(), label(outcome.request()));
            blocks.add(section(s -> s.text(markdownText(liveHere(call))).accessory(button)));
        }
        return Optional.of(new Answer(question, blocks));
    }

    private static String verb(CallRequest request) {
        if (request instanceof CallRequest.Invite) {
            return "invite to";
        }
        if (request instanceof CallRequest.Rename) {
            return "rename";
        }
        return request instanceof CallRequest.End ? "end" : "know about";
    }

    private static String label(CallRequest request) {
        if (request instanceof CallRequest.Invite) {
            return "Invite";
        }
        if (request instanceof CallRequest.Rename) {
            return "Rename";
        }
        return request instanceof CallRequest.End ? "End" : "Info";
    }

    @Override
    public Optional<Answer> noneLive() {
        return say("No Call is live here. Type *" + command + "* to start one.");
    }

    @Override
    public Optional<Answer> over(Outcome.Over outcome) {
        return say(Wording.name(outcome.call()) + " has already ended. Type *" + command + "* to start a new one.");
    }

    @Override
    public Optional<Answer> notYours(Outcome.NotYours outcome) {
        String who = "Only " + Wording.mention(outcome.call().creator())
                + ", the people on the Call and workspace admins can end " + Wording.name(outcome.call()) + ".";
        return say(
                outcome.unsure()
                        ? who + " I could not ask Slack whether you are an admin; if you are, try again in a moment."
                        : who + " Ask one of them.");
    }

    @Override
    public Optional<Answer> broken() {
        return Optional.of(failed());
    }

    @Override
    public Optional<Answer> notWritten(Outcome.NotNow outcome) {
        return Optional.of(notNow(outcome.inDoubt()));
    }

    @Override
    public Optional<Answer> repeated() {
        return Optional.empty();
    }

    private static Optional<Answer> say(String text) {
        return Optional.of(Answer.of(text));
    }
}
