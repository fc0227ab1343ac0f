package dev.switchboard.slack.text;

import static com.slack.api.model.block.Blocks.actions;
import static com.slack.api.model.block.Blocks.section;
import static com.slack.api.model.block.composition.BlockCompositions.markdownText;

import com.slack.api.model.block.Blocks;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import dev.switchboard.call.Announcement;
import dev.switchboard.call.Call;
import dev.switchboard.call.MeetingProvider.Capability;
import dev.switchboard.call.SlackCallId;
import dev.switchboard.call.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What each announcement says: while its Call is live, and when it is over. */
public final class Contents {
    private final Set<Capability> server;

    /** @param server what the meeting server can do, which decides on the buttons */
    public Contents(Set<Capability> server) {
        this.server = EnumSet.noneOf(Capability.class);
        this.server.addAll(server);
    }

    /** What to post. The Call must be registered, but for words and questions. */
    public Content of(Snapshot now, Announcement announcement) {
        Call call = now.call();
        Announcement.Target target = announcement.target();
        if (target instanceof Announcement.Notice notice) {
            return Content.of(Notices.text(call, notice));
        }
        if (target instanceof Announcement.Question) {
            return question(call, now.watch().touchedAt());
        }
        if (target instanceof Announcement.Summary) {
            return Content.of(Summaries.text(
                    now, server.contains(Capability.PRESENCE) && now.watch().tells()));
        }
        if (target instanceof Announcement.Recording recording) {
            return Content.of(Summaries.recording(call, recording));
        }
        if (!call.live()) {
            return ended(call);
        }
        SlackCallId id = call.slack().id().orElseThrow();
        return target instanceof Announcement.Ring ring
                ? ring(call, id, ring)
                : new Content(fallback(call), withButtons(card(id), joining(call)));
    }

    /** What is left of a message when its buttons go. */
    public Content retired(Snapshot now, Announcement announcement) {
        Call call = now.call();
        if (announcement.target() instanceof Announcement.Question) {
            return Content.of(call.live() ? Wording.name(call) + " goes on." : over(call));
        }
        return ended(call);
    }

    /** The card of a Call that is over, as it takes the place of one with buttons. */
    public static Content ended(Call call) {
        return new Content(over(call), call.slack().id().map(Contents::card).orElse(List.of()));
    }

    /** Slack's own block for a Call (https://docs.slack.dev/reference/block-kit/blocks/call-block). */
    public static List<LayoutBlock> card(SlackCallId id) {
        return List.of(Blocks.call(call -> call.callId(id.value())));
    }

    private static String over(Call call) {
        return Wording.name(call) + " has ended"
                + call.end()
                        .map(end -> " after " + Wording.length(end.duration()))
                        .orElse("") + ".";
    }

    /** What stands for the card where blocks aren't shown: in notifications and old clients. Mentions nobody. */
    private static String fallback(Call call) {
        return "A Call has started: " + Wording.name(call) + ". Join: "
                + call.room().joinUrl();
    }

    private Content ring(Call call, SlackCallId id, Announcement.Ring ring) {
        String text = Wording.mention(ring.by()) + " is calling you: " + Wording.name(call) + ".";
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(section(s -> s.text(markdownText(text))));
        blocks.addAll(card(id));
        List<BlockElement> buttons = new ArrayList<>(joining(call));
        buttons.add(Buttons.decline(call));
        return new Content(text, withButtons(blocks, buttons));
    }

    private static Content question(Call call, Instant touchedAt) {
        String text = "Is " + Wording.name(call) + " still on? Nobody has touched it since " + Wording.moment(touchedAt)
                + ". If nobody answers, I'll close it.";
        return new Content(
                text,
                withButtons(
                        List.of(section(s -> s.text(markdownText(text)))),
                        List.of(Buttons.stillOn(call), Buttons.end(call))));
    }

    /**
     * How to join beside Slack's own button: as oneself, where each person can have a link; by a button that tells us,
     * where nobody else would.
     */
    private List<BlockElement> joining(Call call) {
        if (server.contains(Capability.PERSONAL_LINK)) {
            return List.of(Buttons.joinAsMe(call));
        }
        return server.contains(Capability.PRESENCE) ? List.of() : List.of(Buttons.join(call), Buttons.leave(call));
    }

    private static List<LayoutBlock> withButtons(List<LayoutBlock> blocks, List<BlockElement> buttons) {
        List<LayoutBlock> all = new ArrayList<>(blocks);
        if (!buttons.isEmpty()) {
            all.add(actions(buttons));
        }
        return all;
    }
}
