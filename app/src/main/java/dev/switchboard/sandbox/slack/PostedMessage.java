package dev.switchboard.sandbox.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A message as it stood when it was looked at.
 *
 * @param channel the conversation's id
 * @param ts Slack's timestamp, unique in the workspace
 * @param author the id of the person, or of the bot user
 * @param text with mentions and links as Slack escapes them
 * @param threadTs the message it replies to
 * @param onlyFor the id of the one person who sees it, when ephemeral
 * @param unfurls what the app put under which URL
 */
public record PostedMessage(
        String channel,
        String ts,
        String author,
        boolean fromApp,
        String text,
        JsonArray blocks,
        Optional<String> threadTs,
        Optional<String> onlyFor,
        Optional<JsonObject> metadata,
        Map<String, JsonObject> unfurls,
        boolean edited) {

    /** What somebody wants to say; everything else of a message is given by where and when. */
    record Content(String text, JsonArray blocks, Optional<String> threadTs, Optional<JsonObject> metadata) {
        static Content of(String text) {
            return new Content(text, new JsonArray(), Optional.empty(), Optional.empty());
        }
    }

    public boolean ephemeral() {
        return onlyFor.isPresent();
    }

    /** The ids of the Calls shown by it, in its blocks and its unfurls. */
    public List<String> callIds() {
        Stream<JsonObject> unfurled = unfurls.values().stream()
                .flatMap(unfurl -> Json.children(unfurl, "blocks").stream())
                .flatMap(PostedMessage::objects);
        return Stream.concat(objects(blocks), unfurled)
                .filter(block -> Json.text(block, "type").equals(Optional.of("call")))
                .flatMap(block -> Json.text(block, "call_id").stream())
                .distinct()
                .toList();
    }

    /** The buttons and other elements that can be clicked, each with the {@code block_id} of its block. */
    public List<JsonObject> elements() {
        return elements(blocks).toList();
    }

    static Stream<JsonObject> elements(JsonArray blocks) {
        return objects(blocks)
                .flatMap(block -> Stream.concat(
                                Json.children(block, "elements").stream().flatMap(PostedMessage::objects),
                                Json.child(block, "accessory").stream())
                        .filter(element -> element.has("action_id"))
                        .map(element -> within(block, element)));
    }

    private static JsonObject within(JsonObject block, JsonObject element) {
        JsonObject copy = element.deepCopy();
        Json.text(block, "block_id").ifPresent(id -> copy.addProperty("block_id", id));
        return copy;
    }

    static Stream<JsonObject> objects(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(JsonElement::isJsonObject)
                .map(JsonElement::getAsJsonObject);
    }

    PostedMessage with(Content content) {
        return new PostedMessage(
                channel,
                ts,
                author,
                fromApp,
                content.text(),
                content.blocks(),
                threadTs,
                onlyFor,
                content.metadata().or(() -> metadata),
                unfurls,
                true);
    }

    PostedMessage with(Map<String, JsonObject> newUnfurls) {
        Map<String, JsonObject> merged = new LinkedHashMap<>(unfurls);
        merged.putAll(newUnfurls);
        return new PostedMessage(
                channel, ts, author, fromApp, text, blocks, threadTs, onlyFor, metadata, merged, edited);
    }
}
