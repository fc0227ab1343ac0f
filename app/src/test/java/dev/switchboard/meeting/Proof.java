package dev.switchboard.meeting;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Optional;

/**
 * What meeting servers' answers prove, read as strictly as can be: a Call may end for what stands here, and for nothing
 * else. Written anew, from the modules' sources and BigBlueButton's documents, so that a wrong belief of a provider
 * can't hide in it.
 */
final class Proof {
    private Proof() {}

    /** Whether an answer to {@code /room} says that nobody is in the room. */
    static boolean roomIsEmpty(String body) {
        Optional<JsonElement> json = json(body);
        return json.filter(JsonElement::isJsonArray)
                        .filter(list -> list.getAsJsonArray().isEmpty())
                        .isPresent()
                || isEmptyObject(json);
    }

    /** Whether an answer to {@code /room-census} says that there is no such room. */
    static boolean censusLacks(String body, String room) {
        return rows(body)
                .filter(rows -> rows.asList().stream().allMatch(row -> name(row).isPresent()))
                .filter(rows -> rows.asList().stream()
                        .noneMatch(row -> name(row).orElse("").startsWith(room + "@")))
                .isPresent();
    }

    /** Whether it says that the room is there with nobody in it. */
    static boolean censusCountsNobody(String body, String room) {
        return rows(body)
                .filter(rows -> rows.asList().stream().allMatch(row -> name(row).isPresent()))
                .filter(rows -> rows.asList().stream()
                        .filter(row -> name(row).orElse("").startsWith(room + "@"))
                        .allMatch(Proof::countsNobody))
                .isPresent();
    }

    private static boolean countsNobody(JsonElement row) {
        return row.getAsJsonObject().get("participants") instanceof JsonPrimitive count
                && count.getAsString().matches("0+");
    }

    private static Optional<JsonArray> rows(String body) {
        Optional<JsonElement> json = json(body);
        Optional<JsonElement> census = json.filter(JsonElement::isJsonObject)
                .map(object -> object.getAsJsonObject().get("room_census"));
        if (isEmptyObject(census)) {
            return Optional.of(new JsonArray());
        }
        Optional<JsonArray> bare = json.filter(JsonElement::isJsonArray)
                .map(JsonElement::getAsJsonArray)
                .filter(JsonArray::isEmpty);
        return bare.or(() -> census.filter(JsonElement::isJsonArray).map(JsonElement::getAsJsonArray));
    }

    /** The room of a row, if it can be one's address. */
    private static Optional<String> name(JsonElement row) {
        return row instanceof JsonObject object
                        && object.get("room_name") instanceof JsonPrimitive name
                        && name.isString()
                        && name.getAsString().matches("[^@\\s]+@[^@\\s]+")
                ? Optional.of(name.getAsString())
                : Optional.empty();
    }

    private static boolean isEmptyObject(Optional<JsonElement> json) {
        return json.filter(JsonElement::isJsonObject)
                .filter(object -> object.getAsJsonObject().isEmpty())
                .isPresent();
    }

    private static Optional<JsonElement> json(String body) {
        try {
            return Optional.of(JsonParser.parseString(body));
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    /** Whether an answer to {@code getMeetingInfo} says that the meeting is not there, or over. */
    static boolean meetingIsOver(String body, String id) {
        boolean notFound = body.contains("<returncode>FAILED</returncode>") && body.contains("notFound");
        boolean over = ofMeeting(body, id)
                && (body.matches("(?s).*<hasBeenForciblyEnded>\\s*(?i:true)\\s*</hasBeenForciblyEnded>.*")
                        || body.matches("(?s).*<endTime>\\s*[0-9]*[1-9][0-9]*\\s*</endTime>.*"));
        return notFound || over;
    }

    /** Whether it says that nobody is in the meeting. */
    static boolean meetingIsEmpty(String body, String id) {
        return ofMeeting(body, id) && body.matches("(?s).*<attendees(/>|>\\s*</attendees>|>[^<]*</attendees>).*");
    }

    private static boolean ofMeeting(String body, String id) {
        return body.matches("(?s).*<returncode>\\s*SUCCESS\\s*</returncode>.*")
                && body.matches("(?s).*<meetingID>\\s*" + id + "\\s*</meetingID>.*");
    }
}
