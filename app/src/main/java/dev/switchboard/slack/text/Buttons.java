package dev.switchboard.slack.text;

import com.slack.api.model.block.composition.BlockCompositions;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.BlockElements;
import dev.switchboard.call.Call;
import dev.switchboard.call.CallId;
import dev.switchboard.call.CallRequest;
import dev.switchboard.call.Title;
import dev.switchboard.call.UserId;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The buttons of our messages, and what their values say when they are pressed. */
public final class Buttons {
    /** Opens a Call's link, and Slack tells us who did. */
    public static final String JOIN = "join_call";

    /** Says that one has left. */
    public static final String LEAVE = "leave_call";

    /** Asks for a link with which one joins as oneself. */
    public static final String JOIN_AS_ME = "join_as_me";

    /** Opens that link; Slack tells us, and there is nothing to do. */
    public static final String OPEN_OWN_LINK = "open_own_link";

    /** Says that a Call goes on. */
    public static final String STILL_ON = "call_still_on";

    /** Ends a Call. */
    public static final String END = "end_call";

    /** Starts a Call beside one that is live. */
    public static final String START_ANOTHER = "start_another_call";

    /** Declines a Call in the direct message that rang. */
    public static final String DECLINE = "decline_call";

    /** Says which of several Calls a command meant. */
    public static final String CHOOSE = "choose_call";

    /** What Slack allows in a button's value (https://docs.slack.dev/reference/block-kit/block-elements/button-element). */
    static final int VALUE_MOST = 2_000;

    private static final String SEPARATOR = "|";

    private Buttons() {}

    static BlockElement join(Call call) {
        return BlockElements.button(button -> button.actionId(JOIN)
                .value(call.id().toString())
                .url(call.room().joinUrl().toString())
                .style("primary")
                .text(BlockCompositions.plainText("Join")));
    }

    static BlockElement leave(Call call) {
        return plain(LEAVE, call, "Leave");
    }

    static BlockElement joinAsMe(Call call) {
        return BlockElements.button(button -> button.actionId(JOIN_AS_ME)
                .value(call.id().toString())
                .style("primary")
                .text(BlockCompositions.plainText("Join as me")));
    }

    static BlockElement openOwnLink(URI link) {
        return BlockElements.button(button -> button.actionId(OPEN_OWN_LINK)
                .url(link.toString())
                .style("primary")
                .text(BlockCompositions.plainText("Join")));
    }

    static BlockElement stillOn(Call call) {
        return plain(STILL_ON, call, "Still on");
    }

    static BlockElement end(Call call) {
        return plain(END, call, "It is over");
    }

    private static BlockElement plain(String action, Call call, String label) {
        return BlockElements.button(
                button -> button.actionId(action).value(call.id().toString()).text(BlockCompositions.plainText(label)));
    }

    static BlockElement startAnother() {
        return BlockElements.button(
                button -> button.actionId(START_ANOTHER).text(BlockCompositions.plainText("Start another")));
    }

    static BlockElement decline(Call call) {
        return plain(DECLINE, call, "Decline");
    }

    static BlockElement choose(Call call, CallRequest request, String label) {
        return BlockElements.button(button ->
                button.actionId(CHOOSE).value(value(call.id(), request)).text(BlockCompositions.plainText(label)));
    }

    static String value(CallId call, CallRequest request) {
        String id = call + SEPARATOR;
        if (request instanceof CallRequest.Invite invite) {
            return id + "invite" + SEPARATOR
                    + invite.users().stream().map(UserId::value).collect(Collectors.joining(","));
        }
        if (request instanceof CallRequest.Rename rename) {
            return id + "rename" + SEPARATOR + rename.title();
        }
        return id + (request instanceof CallRequest.End ? "end" : "info") + SEPARATOR;
    }

    /** The Call that a button's value names, if it is one of ours. */
    public static Optional<CallId> call(String value) {
        try {
            return Optional.of(new CallId(UUID.fromString(value.split("\\|", 2)[0])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The request in the value of a {@link #CHOOSE} button, if it is one of ours. */
    public static Optional<CallRequest> request(String value) {
        String[] parts = value.split("\\|", 3);
        if (parts.length < 3) {
            return Optional.empty();
        }
        return switch (parts[1]) {
            case "end" -> Optional.of(new CallRequest.End());
            case "info" -> Optional.of(new CallRequest.Info());
            case "rename" -> Title.of(parts[2]).map(CallRequest.Rename::new);
            case "invite" -> Optional.of(new CallRequest.Invite(users(parts[2])));
            default -> Optional.empty();
        };
    }

    private static List<UserId> users(String joined) {
        return Arrays.stream(joined.split(","))
                .filter(id -> !id.isBlank())
                .map(UserId::new)
                .toList();
    }
}
