package dev.switchboard.slack.text;

import static com.slack.api.model.block.Blocks.actions;
import static com.slack.api.model.block.Blocks.section;
import static com.slack.api.model.block.composition.BlockCompositions.markdownText;

import com.slack.api.model.block.Blocks;
import com.slack.api.model.block.LayoutBlock;
import dev.switchboard.call.Announcement;
import dev.switchboard.call.Call;
import dev.switchboard.call.SlackCallId;
import java.util.ArrayList;
import java.util.List;

/** The messages that show a Call. */
public final class Cards {
    private Cards() {}

    /** Slack's own block for a Call (https://docs.slack.dev/reference/block-kit/blocks/call-block). */
    public static List<LayoutBlock> card(SlackCallId id) {
        return List.of(Blocks.call(call -> call.callId(id.value())));
    }

    /** What stands for the card where blocks aren't shown: in notifications and old clients. Mentions nobody. */
    public static String fallback(Call call) {
        return "A Call has started: " + Wording.name(call) + ". Join: "
                + call.room().joinUrl();
    }

    /** The direct message that rings somebody. */
    public static String ringText(Call call, Announcement.Ring ring) {
        return Wording.mention(ring.by()) + " is calling you: " + Wording.name(call) + ".";
    }

    /** The blocks of that message: who calls, the card, and a way to say no. */
    public static List<LayoutBlock> ring(Call call, SlackCallId id, Announcement.Ring ring) {
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(section(s -> s.text(markdownText(ringText(call, ring)))));
        blocks.addAll(card(id));
        blocks.add(actions(List.of(Buttons.decline(call))));
        return blocks;
    }
}
