package dev.switchboard.sandbox.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;

/** A message the app says in answer to somebody: with an acknowledgement or through a response_url. */
final class Reply {
    private final Person person;
    private final Conversation where;

    Reply(Person person, Conversation where) {
        this.person = person;
        this.where = where;
    }

    PostedMessage post(JsonObject answer) {
        boolean inChannel =
                Json.text(answer, "response_type").orElse("ephemeral").equals("in_channel");
        PostedMessage.Content content = content(answer, !inChannel);
        return person.workspace().postAsApp(where, inChannel ? Optional.empty() : Optional.of(person.id()), content);
    }

    /** Puts the answer in the place of a message. */
    void replace(PostedMessage original, JsonObject answer) {
        where.put(original.with(content(answer, original.ephemeral())));
    }

    private PostedMessage.Content content(JsonObject answer, boolean ephemeral) {
        String text = Json.text(answer, "text").orElse("");
        JsonArray blocks = Json.children(answer, "blocks").orElseGet(JsonArray::new);
        new BlockRules(person.workspace(), ephemeral ? BlockRules.Place.EPHEMERAL : BlockRules.Place.MESSAGE)
                .checkMessage(text, blocks);
        return new PostedMessage.Content(text, blocks, Json.text(answer, "thread_ts"), Json.child(answer, "metadata"));
    }
}
