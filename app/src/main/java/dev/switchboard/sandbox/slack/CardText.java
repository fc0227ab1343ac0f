package dev.switchboard.sandbox.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Messages as plain lines, near enough to what Slack shows. */
final class CardText {
    private static final Pattern MENTION = Pattern.compile("<([@#!]?)([^|>]+)(?:\\|([^>]*))?>");

    private final Workspace workspace;
    private final Person viewer;

    CardText(Workspace workspace, Person viewer) {
        this.workspace = workspace;
        this.viewer = viewer;
    }

    List<String> lines(PostedMessage message) {
        List<String> lines = new ArrayList<>();
        if (message.onlyFor().equals(Optional.of(viewer.id()))) {
            lines.add("Only visible to you");
        }
        if (message.blocks().isEmpty()) {
            lines.add(plain(message.text()));
        }
        addBlocks(lines, message.blocks());
        message.unfurls()
                .values()
                .forEach(unfurl -> Json.children(unfurl, "blocks").ifPresent(blocks -> addBlocks(lines, blocks)));
        return lines;
    }

    private void addBlocks(List<String> lines, JsonArray blocks) {
        PostedMessage.objects(blocks).forEach(block -> addBlock(lines, block));
    }

    private void addBlock(List<String> lines, JsonObject block) {
        switch (Json.text(block, "type").orElse("")) {
            case "call" ->
                Json.text(block, "call_id").flatMap(workspace::findCall).ifPresent(call -> lines.addAll(card(call)));
            case "divider" -> lines.add("---");
            case "section", "header" -> addSection(lines, block);
            case "context" -> lines.add(elements(block, " "));
            case "actions" -> lines.add(elements(block, " "));
            default -> {}
        }
    }

    private void addSection(List<String> lines, JsonObject block) {
        Json.child(block, "text").ifPresent(text -> lines.add(words(text)));
        Json.children(block, "fields")
                .ifPresent(fields -> PostedMessage.objects(fields).forEach(field -> lines.add(words(field))));
        Json.child(block, "accessory").ifPresent(accessory -> lines.add(element(accessory)));
    }

    private String elements(JsonObject block, String between) {
        return Json.children(block, "elements").stream()
                .flatMap(PostedMessage::objects)
                .map(this::element)
                .collect(Collectors.joining(between));
    }

    private String element(JsonObject element) {
        Optional<JsonObject> label = Json.child(element, "text");
        return label.isPresent() ? '[' + words(label.get()) + ']' : words(element);
    }

    private String words(JsonObject text) {
        return plain(Json.text(text, "text").orElse(""));
    }

    private List<String> card(Call call) {
        List<String> lines = new ArrayList<>();
        String id = call.externalDisplayId().map(display -> "   " + display).orElse("");
        lines.add(call.title().orElse("Call") + id);
        OptionalLong duration = call.duration();
        if (duration.isPresent()) {
            lines.add("Ended · " + lasted(duration.getAsLong()));
            addPeople(lines, "Was in the call: ", call.allParticipants());
        } else {
            addPeople(lines, "In the call: ", call.activeParticipants());
            lines.add("[Join]");
        }
        return lines;
    }

    private void addPeople(List<String> lines, String what, List<Participant> people) {
        if (!people.isEmpty()) {
            lines.add(what + people.stream().map(this::name).collect(Collectors.joining(", ")));
        }
    }

    private String name(Participant participant) {
        return participant
                .slackId()
                .flatMap(workspace::personById)
                .map(Person::displayName)
                .or(participant::displayName)
                .or(participant::externalId)
                .orElse("somebody");
    }

    private static String lasted(long seconds) {
        if (seconds < 60) {
            return "lasted a few seconds";
        }
        return seconds < 3600
                ? "lasted " + seconds / 60 + " min"
                : "lasted " + seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** Mentions as names, links as their label or address, entities as characters. */
    private String plain(String text) {
        Matcher matcher = MENTION.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(out, Matcher.quoteReplacement(shown(matcher)));
        }
        matcher.appendTail(out);
        return out.toString().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private String shown(Matcher matcher) {
        String target = matcher.group(2);
        Optional<String> label = Optional.ofNullable(matcher.group(3));
        return switch (matcher.group(1)) {
            case "@" ->
                '@'
                        + workspace
                                .personById(target)
                                .map(Person::displayName)
                                .or(() -> label)
                                .orElse(target);
            case "#" ->
                '#'
                        + workspace
                                .findConversation(target)
                                .map(Conversation::name)
                                .or(() -> label)
                                .orElse(target);
            case "!" -> target.startsWith("date^") ? label.orElse(target) : '@' + label.orElse(target);
            default -> label.orElse(target);
        };
    }
}
