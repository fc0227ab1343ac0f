package dev.switchboard.sandbox.slack;

import java.util.List;

/** Which conversations the bot can see, read and post to. */
final class Reach {
    private Reach() {}

    /** The conversation of that id, if the bot may know of it: public, or it is in it. */
    static Conversation visible(Workspace workspace, String channel) {
        return workspace
                .conversationById(channel)
                .filter(conversation -> conversation.kind() == Conversation.Kind.PUBLIC || conversation.hasBot())
                .orElseThrow(() -> ApiError.of("channel_not_found"));
    }

    /** The conversation, if the bot is in it. */
    static Conversation asMember(Workspace workspace, String channel) {
        Conversation conversation = visible(workspace, channel);
        if (!conversation.hasBot()) {
            throw ApiError.of("not_in_channel");
        }
        return conversation;
    }

    /**
     * The conversation, if the bot may post there; a person's id means the direct message with that person, and a public
     * channel may be called by its name.
     */
    static Conversation forPosting(Workspace workspace, String channel) {
        Conversation conversation = workspace
                .personById(channel)
                .filter(person -> person.role() != Person.Role.DEACTIVATED)
                .map(workspace::botMessagesOf)
                .or(() -> workspace.findConversation(channel).filter(named -> named.kind() == Conversation.Kind.PUBLIC))
                .orElseGet(() -> visible(workspace, channel));
        if (conversation.archived()) {
            throw ApiError.of("is_archived");
        }
        if (!conversation.hasBot() && !workspace.bot().scopes().contains("chat:write.public")) {
            throw ApiError.of("not_in_channel");
        }
        return conversation;
    }

    /** Checks that the bot has the scope for this kind of conversation, {@code channels:read} and its like. */
    static Conversation scoped(Workspace workspace, Conversation conversation, String verb) {
        workspace.bot().check(List.of(conversation.kind().scope(verb)));
        return conversation;
    }
}
