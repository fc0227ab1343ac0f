package dev.switchboard.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.slack.api.app_backend.interactive_components.ActionResponseSender;
import com.slack.api.app_backend.interactive_components.response.ActionResponse;
import com.slack.api.bolt.App;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.socket_mode.request.SocketModeRequest;
import com.slack.api.bolt.socket_mode.request.SocketModeRequestParser;
import dev.switchboard.call.CallStore;
import dev.switchboard.call.Trace;
import dev.switchboard.slack.text.Answer;
import dev.switchboard.slack.text.Answers;
import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Envelopes of Socket Mode and their acknowledgements (https://docs.slack.dev/apis/events-api/using-socket-mode):
 * whatever is in an envelope, and whatever a listener throws, it is acknowledged. What Slack sent is never logged.
 */
final class Envelopes {
    private static final Logger LOG = LoggerFactory.getLogger(Envelopes.class);

    private static final Pattern HALF_CHARACTER = Pattern.compile("\\p{Cs}");

    private final App app;
    private final CallIcon icon;
    private final Answers answers;
    private final SocketModeRequestParser parser;
    private final PassedOver passedOver = new PassedOver();

    Envelopes(App app, CallIcon icon, Answers answers) {
        this.app = app;
        this.icon = icon;
        this.answers = answers;
        this.parser = new SocketModeRequestParser(app.config());
    }

    /**
     * A message of the socket as far as it was understood.
     *
     * @param id the {@code envelope_id}; empty for {@code hello}, {@code disconnect} and messages that are no envelopes
     * @param type empty where there is none
     */
    record Message(Optional<String> id, String type, JsonObject json, String text) {
        /** Slash commands are answered by their acknowledgement, and never delivered again. */
        boolean isCommand() {
            return type.equals("slash_commands");
        }

        /** Events are delivered again until they are acknowledged. */
        boolean isEvent() {
            return type.equals("events_api");
        }

        /** Whether its acknowledgement may carry an answer: {@code accepts_response_payload}. */
        boolean takesAnswer() {
            return !"false".equals(string(json, "accepts_response_payload"));
        }
    }

    /** Reads a message; empty if it is no JSON object, which is logged. */
    static Optional<Message> read(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setNestingLimit(Integer.MAX_VALUE); // what goes too deep for Bolt is acknowledged all the same
            JsonElement json = JsonParser.parseReader(reader);
            if (json.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
                JsonObject message = json.getAsJsonObject();
                return Optional.of(new Message(
                        Optional.ofNullable(string(message, "envelope_id")).filter(id -> !id.isEmpty()),
                        Optional.ofNullable(string(message, "type")).orElse(""),
                        message,
                        text));
            }
            LOG.warn("passed over: a message of {} characters that is no JSON object", text.length());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            LOG.warn("passed over: a message of {} characters that is no JSON", text.length());
        }
        return Optional.empty();
    }

    /**
     * Has the envelope's content dealt with.
     *
     * @return the acknowledgement to send; empty for an event that can't be written down, which Slack delivers again
     *     where it isn't acknowledged
     */
    @SuppressWarnings("CatchingUnchecked")
    Optional<String> acknowledge(Message message) {
        JsonObject acknowledgement = new JsonObject();
        acknowledgement.addProperty("envelope_id", message.id().orElseThrow());
        try {
            content(message).ifPresent(payload -> acknowledgement.add("payload", payload));
        } catch (Payloads.Incomplete e) {
            LOG.warn("passed over: an envelope of type {} with {}", printable(message.type()), e.getMessage());
            say(message, answers.failed(), acknowledgement);
        } catch (CallStore.Unavailable e) {
            if (message.isEvent()) {
                return Optional.empty();
            }
            say(message, answers.notNow(e.isInDoubt()), acknowledgement);
        } catch (ListenerFailed | Error e) {
            // An Error too: a worker that dies of one takes the bot down bit by bit.
            LOG.error("an envelope of type {} failed: {}", printable(message.type()), Trace.of(e));
            say(message, answers.failed(), acknowledgement);
        } catch (Exception e) {
            LOG.warn("passed over: an envelope of type {} that Bolt can't read", printable(message.type()));
            say(message, answers.failed(), acknowledgement);
        }
        if (!message.takesAnswer()) {
            acknowledgement.remove("payload");
        }
        return Optional.of(written(acknowledgement));
    }

    /** The acknowledgement of a command there is no room for, or no time any more. */
    String refuse(Message message, boolean stopping) {
        JsonObject acknowledgement = new JsonObject();
        acknowledgement.addProperty("envelope_id", message.id().orElseThrow());
        say(message, stopping ? answers.stopping() : answers.busy(), acknowledgement);
        return written(acknowledgement);
    }

    private Optional<JsonElement> content(Message message) throws Exception {
        JsonElement payload = message.json().get("payload");
        if (payload == null || !payload.isJsonObject()) {
            throw new Payloads.Incomplete("payload");
        }
        if (CallIcon.pressed(payload.getAsJsonObject())) {
            ListenerFailed.tell(Executors.callable(() -> icon.start(payload.getAsJsonObject())));
            return Optional.empty();
        }
        SocketModeRequest request = parser.parse(message.text());
        if (request == null || request.getBoltRequest() == null) {
            passedOver.tell("an envelope of the unknown kind " + printable(message.type()));
            return Optional.empty();
        }
        Response response = app.run(request.getBoltRequest());
        return payload(response);
    }

    /** Slack's HTTP answer as what an acknowledgement carries. */
    private static Optional<JsonElement> payload(@Nullable Response response) {
        if (response == null || response.getBody() == null || response.getBody().isBlank()) {
            return Optional.empty();
        }
        if (String.valueOf(response.getContentType()).startsWith("application/json")) {
            return Optional.of(JsonParser.parseString(response.getBody()));
        }
        JsonObject text = new JsonObject();
        text.addProperty("text", response.getBody());
        return Optional.of(text);
    }

    /** Tells the person: a command by its acknowledgement, a button, which has no such place, by its response URL. */
    private void say(Message message, Answer answer, JsonObject acknowledgement) {
        if (message.isCommand()) {
            JsonObject payload = new JsonObject();
            payload.addProperty("response_type", "ephemeral");
            payload.addProperty("text", answer.text());
            acknowledgement.add("payload", payload);
        } else if (message.type().equals("interactive")
                && message.json().get("payload") instanceof JsonObject payload) {
            Optional.ofNullable(string(payload, "response_url"))
                    .ifPresent(url -> app.executorService().execute(() -> respond(url, answer)));
        }
    }

    private void respond(String url, Answer answer) {
        try {
            new ActionResponseSender(app.slack())
                    .send(
                            url,
                            ActionResponse.builder()
                                    .responseType("ephemeral")
                                    .replaceOriginal(false)
                                    .text(answer.text())
                                    .build());
        } catch (IOException | RuntimeException e) {
            LOG.warn("method=response_url error={}", e.getClass().getSimpleName());
        }
    }

    /** Half a character, which an id may hold as an escape, would not outlive UTF-8. */
    private static String written(JsonObject acknowledgement) {
        return HALF_CHARACTER
                .matcher(acknowledgement.toString())
                .replaceAll(half -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) half.group().charAt(0)));
    }

    private static @Nullable String string(JsonObject json, String name) {
        JsonElement value = json.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
    }

    /** A name from outside, fit for a log line. */
    static String printable(@Nullable String name) {
        String safe = String.valueOf(name).replaceAll("[^A-Za-z0-9_.-]", "?");
        return safe.length() > 40 ? safe.substring(0, 40) : safe;
    }
}
