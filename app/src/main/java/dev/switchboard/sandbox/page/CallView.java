package dev.switchboard.sandbox.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Json;
import dev.switchboard.sandbox.slack.Participant;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.Workspace;
import java.util.List;
import java.util.OptionalLong;

/** A Call's card as one person sees it in one place. */
final class CallView {
    private CallView() {}

    static JsonObject json(Call call, Conversation here, Person me) {
        boolean declined = call.rejectedBy().contains(me.id());
        List<Participant> active = call.activeParticipants();
        JsonObject json = Json.object(
                "id", call.id(),
                "title", call.title().orElse("Call"),
                "displayId", call.externalDisplayId().orElse(""),
                "joinUrl", call.joinUrl(),
                "start", call.dateStart(),
                "ended", call.ended(),
                "active", people(active, here.workspace()),
                "gone",
                        people(
                                call.allParticipants().stream()
                                        .filter(participant -> !active.contains(participant))
                                        .toList(),
                                here.workspace()),
                "declined", declined,
                "declinable",
                        here.kind() == Conversation.Kind.DIRECT
                                && !call.ended()
                                && !declined
                                && !call.createdBy().equals(me.id()));
        OptionalLong duration = call.duration();
        if (duration.isPresent()) {
            json.addProperty("duration", duration.getAsLong());
        }
        return json;
    }

    private static JsonArray people(List<Participant> participants, Workspace workspace) {
        return Json.array(participants.stream()
                .map(participant -> name(participant, workspace))
                .toList());
    }

    private static String name(Participant participant, Workspace workspace) {
        return participant
                .slackId()
                .flatMap(id -> workspace.people().stream()
                        .filter(person -> person.id().equals(id))
                        .findFirst())
                .map(Person::displayName)
                .or(participant::displayName)
                .or(participant::externalId)
                .orElse("Somebody");
    }
}
