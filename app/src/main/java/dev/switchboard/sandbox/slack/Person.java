package dev.switchboard.sandbox.slack;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Somebody in a workspace, and what they do there. */
public final class Person {
    /** What somebody may do. */
    public enum Role {
        MEMBER,
        ADMIN,
        OWNER,
        /** A guest in several channels. */
        GUEST,
        DEACTIVATED
    }

    private final Workspace workspace;
    private final String id;
    private final String name;
    private final Role role;
    private final List<JsonObject> modals = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();
    private Optional<JsonObject> home = Optional.empty();

    Person(Workspace workspace, String id, String name, Role role) {
        this.workspace = workspace;
        this.id = id;
        this.name = name;
        this.role = role;
    }

    public Workspace workspace() {
        return workspace;
    }

    /** {@code U...}. */
    public String id() {
        return id;
    }

    /** What one types after {@code @}. */
    public String name() {
        return name;
    }

    public String displayName() {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    public String email() {
        return name + '@' + workspace.domain() + ".example";
    }

    public Role role() {
        return role;
    }

    boolean guest() {
        return role == Role.GUEST;
    }

    /** Types a slash command, {@code "/call @bo Weekly sync"}, and presses Enter. */
    public Attempt types(String command, Conversation where) {
        requireIn(where);
        return workspace.slack().deeds().command(this, where, command);
    }

    /** Posts a message; its links reach the app as link_shared when their domain is registered. */
    public PostedMessage posts(String text, Conversation where) {
        requireIn(where);
        return workspace.slack().deeds().post(this, where, text, Optional.empty());
    }

    /** Posts into the thread of a message. */
    public PostedMessage replies(String text, PostedMessage parent) {
        Conversation where = workspace.conversation(parent.channel());
        requireIn(where);
        return workspace.slack().deeds().post(this, where, text, Optional.of(parent.ts()));
    }

    /** Types a message with a link and doesn't send it. */
    public Draft drafts(String text, Conversation where) {
        requireIn(where);
        return workspace.slack().deeds().draft(this, text);
    }

    /** Declines a Call in the first direct message it was shown in. */
    public void declines(Call call) {
        declines(
                call,
                call.channels().stream()
                        .map(workspace::conversation)
                        .filter(conversation -> conversation.has(id))
                        .filter(conversation -> conversation.id().startsWith("D"))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(
                                name + " sees the Call in no direct message, where alone it can be declined")));
    }

    /** Declines a Call there. */
    public void declines(Call call, Conversation where) {
        requireIn(where);
        workspace.slack().deeds().decline(this, call, where);
    }

    /**
     * Clicks a button.
     *
     * @param button its action_id, its value, or the words on it
     * @throws IllegalArgumentException when the message has none such now, or this person doesn't see it
     */
    public Attempt clicks(PostedMessage message, String button) {
        return workspace.slack().deeds().click(this, message, element -> Deeds.named(element, button));
    }

    /** Clicks the element of that block and action_id, where several have the same words. */
    public Attempt clicks(PostedMessage message, String blockId, String actionId) {
        return workspace.slack().deeds().click(this, message, element -> Deeds.is(element, blockId, actionId));
    }

    /** Starts a Call from the Call icon. */
    public Attempt startsFromCallIcon(Conversation where, String type) {
        requireIn(where);
        return workspace.slack().deeds().callIcon(this, where, type);
    }

    /** Opens the app's Home tab; the app hears of it if it is subscribed to {@code app_home_opened}. */
    public void opensHome() {
        workspace.slack().deeds().openHome(this);
    }

    /**
     * Clicks a button in a modal or on the Home tab.
     *
     * @throws IllegalArgumentException when there is none such now
     */
    public Attempt clicksIn(String viewId, String blockId, String actionId) {
        return workspace.slack().deeds().views().click(this, viewId, blockId, actionId);
    }

    /** Sends a modal; {@code values} as in {@code view.state.values}. */
    public Attempt submits(String viewId, JsonObject values) {
        return workspace.slack().deeds().views().submit(this, viewId, values);
    }

    /** Closes a modal. */
    public void closes(String viewId) {
        workspace.slack().deeds().views().close(this, viewId);
    }

    private void requireIn(Conversation where) {
        if (!where.openTo(this) || where.archived()) {
            throw new IllegalArgumentException(name + " can't write in " + where.name());
        }
    }

    /** The modals opened for this person, oldest first. */
    public synchronized List<JsonObject> modals() {
        return List.copyOf(modals);
    }

    /** The app's Home tab. */
    public synchronized Optional<JsonObject> home() {
        return home;
    }

    /** The addresses Slack opened for this person: {@code call_initiation_url}. */
    public synchronized List<String> opened() {
        return List.copyOf(opened);
    }

    void show(JsonObject modal) {
        synchronized (this) {
            modals.add(modal);
        }
        workspace.slack().changes().happened();
    }

    void dismiss(String viewId) {
        synchronized (this) {
            modals.removeIf(modal -> Json.text(modal, "id").equals(Optional.of(viewId)));
        }
        workspace.slack().changes().happened();
    }

    /** Shows what is wrong with the fields of a modal, by their block_id. */
    void complain(String viewId, JsonObject errors) {
        synchronized (this) {
            modals.replaceAll(modal -> {
                if (!Json.text(modal, "id").equals(Optional.of(viewId))) {
                    return modal;
                }
                JsonObject complained = modal.deepCopy();
                complained.add("errors", errors);
                return complained;
            });
        }
        workspace.slack().changes().happened();
    }

    void publish(JsonObject view) {
        synchronized (this) {
            home = Optional.of(view);
        }
        workspace.slack().changes().happened();
    }

    void open(String url) {
        synchronized (this) {
            opened.add(url);
        }
        workspace.slack().changes().happened();
    }

    /** The user object of users.info. */
    JsonObject json() {
        JsonObject profile = Json.object(
                "real_name",
                displayName(),
                "display_name",
                name,
                "email",
                email(),
                "image_72",
                avatar(),
                "team",
                workspace.id());
        return Json.object(
                "id",
                id,
                "team_id",
                workspace.id(),
                "name",
                name,
                "real_name",
                displayName(),
                "deleted",
                role == Role.DEACTIVATED,
                "tz",
                "Europe/Zurich",
                "tz_label",
                "Central European Time",
                "tz_offset",
                3600,
                "is_admin",
                role == Role.ADMIN || role == Role.OWNER,
                "is_owner",
                role == Role.OWNER,
                "is_primary_owner",
                role == Role.OWNER,
                "is_restricted",
                role == Role.GUEST,
                "is_ultra_restricted",
                false,
                "is_bot",
                false,
                "is_app_user",
                false,
                "updated",
                1_700_000_000,
                "profile",
                profile);
    }

    private String avatar() {
        return "https://avatars.example/" + name + ".png";
    }
}
