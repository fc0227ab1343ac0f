package dev.switchboard.sandbox.slack;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.Collection;
import java.util.Optional;

/** JSON as it goes over the wire. */
public final class Json {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private Json() {}

    /** An object of names and values in turn; a value may be text, a number, a boolean or JSON. */
    public static JsonObject object(Object... namesAndValues) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.add(namesAndValues[i].toString(), element(namesAndValues[i + 1]));
        }
        return object;
    }

    public static JsonArray array(Collection<?> values) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(element(value)));
        return array;
    }

    private static JsonElement element(Object value) {
        return value instanceof JsonElement json ? json : GSON.toJsonTree(value);
    }

    public static Optional<JsonElement> parse(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setNestingLimit(Integer.MAX_VALUE);
            JsonElement element = JsonParser.parseReader(reader);
            return element.isJsonNull() || reader.peek() != JsonToken.END_DOCUMENT
                    ? Optional.empty()
                    : Optional.of(element);
        } catch (IOException | JsonParseException unparsable) {
            return Optional.empty();
        }
    }

    public static Optional<JsonObject> parseObject(String text) {
        return parse(text).filter(JsonElement::isJsonObject).map(JsonElement::getAsJsonObject);
    }

    static Optional<JsonArray> parseArray(String text) {
        return parse(text).filter(JsonElement::isJsonArray).map(JsonElement::getAsJsonArray);
    }

    /** The text under a name; empty when it is absent or no primitive. */
    public static Optional<String> text(JsonObject object, String name) {
        return Optional.ofNullable(object.get(name))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString);
    }

    public static Optional<JsonObject> child(JsonObject object, String name) {
        return Optional.ofNullable(object.get(name))
                .filter(JsonElement::isJsonObject)
                .map(JsonElement::getAsJsonObject);
    }

    public static Optional<JsonArray> children(JsonObject object, String name) {
        return Optional.ofNullable(object.get(name))
                .filter(JsonElement::isJsonArray)
                .map(JsonElement::getAsJsonArray);
    }

    public static boolean truth(JsonObject object, String name) {
        return text(object, name).filter(value -> value.equals("true")).isPresent();
    }

    public static String write(JsonElement element) {
        return GSON.toJson(element);
    }
}
