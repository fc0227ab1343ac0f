package dev.switchboard.fuzz;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Changes JSON a little: fields lost, of another type, deep, huge, out of range; now and then it is no JSON any more. */
public final class JsonMutations {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private final Random random;
    private final Set<String> left;

    /** @param left names of fields of the outermost object that stay as they are */
    public JsonMutations(Random random, Set<String> left) {
        this.random = random;
        this.left = Set.copyOf(left);
    }

    /** The text with one to four changes. */
    public String mutate(String text) {
        JsonElement json;
        try {
            json = JsonParser.parseString(text);
        } catch (JsonParseException e) {
            return text;
        }
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            json = change(json);
        }
        return GSON.toJson(json);
    }

    /** The text cut, or with a character changed or doubled: mostly no JSON any more. */
    public String garble(String text) {
        int at = random.nextInt(Math.max(1, text.length()));
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + (char) random.nextInt(0x300) + text.substring(at);
            case 2 -> text.substring(0, at) + text;
            default -> text.substring(at);
        };
    }

    private JsonElement change(JsonElement root) {
        List<JsonElement> containers = new ArrayList<>();
        collect(root, containers, true);
        if (containers.isEmpty()) {
            return odd();
        }
        JsonElement container = containers.get(random.nextInt(containers.size()));
        if (container.isJsonObject()) {
            changeField(container.getAsJsonObject(), container == root);
        } else {
            changeItem(container.getAsJsonArray());
        }
        return root;
    }

    private static void collect(JsonElement element, List<JsonElement> containers, boolean outermost) {
        if (element.isJsonObject()) {
            containers.add(element);
            element.getAsJsonObject().asMap().values().forEach(value -> collect(value, containers, false));
        } else if (element.isJsonArray() && (outermost || containers.size() < 1_000)) {
            containers.add(element);
            element.getAsJsonArray().forEach(item -> collect(item, containers, false));
        }
    }

    private void changeField(JsonObject object, boolean outermost) {
        List<String> names = new ArrayList<>(object.keySet());
        if (outermost) {
            names.removeAll(left);
        }
        if (names.isEmpty()) {
            object.add(OddText.any(random), odd());
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(8)) {
            case 0, 1 -> object.remove(name);
            case 2 -> object.add("extra_" + name, object.get(name));
            case 3 -> {
                JsonArray list = new JsonArray();
                list.add(object.get(name));
                object.add(name, list);
            }
            case 4 -> object.add(name, object.get(names.get(random.nextInt(names.size()))));
            default -> object.add(name, odd());
        }
    }

    private void changeItem(JsonArray array) {
        int at = array.isEmpty() ? 0 : random.nextInt(array.size());
        switch (random.nextInt(4)) {
            case 0 -> array.add(odd());
            case 1 -> {
                if (!array.isEmpty()) {
                    array.remove(at);
                }
            }
            case 2 -> {
                JsonElement item = array.isEmpty() ? odd() : array.get(at);
                for (int more = random.nextInt(200); more > 0; more--) {
                    array.add(item);
                }
            }
            default -> {
                if (!array.isEmpty()) {
                    array.set(at, odd());
                }
            }
        }
    }

    private JsonElement odd() {
        return switch (random.nextInt(12)) {
            case 0 -> JsonNull.INSTANCE;
            case 1 -> new JsonArray();
            case 2 -> new JsonObject();
            case 3 -> new JsonPrimitive(random.nextBoolean());
            case 4 -> new JsonPrimitive(-random.nextInt());
            case 5 -> new JsonPrimitive(Long.MAX_VALUE);
            case 6 -> new JsonPrimitive(new BigDecimal("1e" + (random.nextInt(2_000) - 1_000)));
            case 7 -> deep();
            default -> new JsonPrimitive(OddText.any(random));
        };
    }

    private JsonElement deep() {
        JsonElement inner = new JsonPrimitive("deep");
        for (int depth = 1 + random.nextInt(random.nextInt(20) == 0 ? 1_000 : 30); depth > 0; depth--) {
            if (random.nextBoolean()) {
                JsonArray array = new JsonArray();
                array.add(inner);
                inner = array;
            } else {
                JsonObject object = new JsonObject();
                object.add("a", inner);
                inner = object;
            }
        }
        return inner;
    }
}
