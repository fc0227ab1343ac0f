package dev.switchboard.sandbox.slack;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A channel, a direct message or a group direct message; a live view. */
public final class Conversation {
    /** What kind of conversation. */
    public enum Kind {
        PUBLIC("channels:"),
        PRIVATE("groups:"),
        DIRECT("im:"),
        GROUP_DIRECT("mpim:");

        private final String scope;

        Kind(String scope) {
            this.scope = scope;
        }

        /** The scope for this kind: {@code channels:read}, {@code im:history}, ... */
        String scope(String verb) {
            return scope + verb;
        }
    }

    private final Workspace workspace;
    private final String id;
    private final String name;
    private final Kind kind;
    private final Set<String> members;
    private final Map<String, PostedMessage> messages = new LinkedHashMap<>();
    private boolean archived;

    Conversation(Workspace workspace, String id, String name, Kind kind, Collection<String> members) {
        this.workspace = workspace;
        this.id = id;
        this.name = name;
        this.kind = kind;
        this.members = new LinkedHashSet<>(members);
    }

    public Workspace workspace() {
        return workspace;
    }

    public String id() {
        return id;
    }

    /** The channel's name without {@code #}; a direct message's name is only ours. */
    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public synchronized boolean archived() {
        return archived;
    }

    public synchronized void archive() {
        archived = true;
    }

    /** Ids of the people in it, and of the bot if it was invited. */
    public synchronized Set<String> members() {
        return new LinkedHashSet<>(members);
    }

    public boolean hasBot() {
        return has(workspace.botUserId());
    }

    public void inviteBot() {
        add(workspace.botUserId());
    }

    public synchronized void removeBot() {
        members.remove(workspace.botUserId());
    }

    public void invite(Person person) {
        add(person.id());
    }

    public synchronized void remove(Person person) {
        members.remove(person.id());
    }

    private synchronized void add(String member) {
        members.add(member);
    }

    synchronized boolean has(String member) {
        return members.contains(member);
    }

    /** Whether the person may look into it: a member, or no guest and the channel is public. */
    public boolean openTo(Person person) {
        return has(person.id()) || (kind == Kind.PUBLIC && !person.guest());
    }

    /** What everybody sees, oldest first, replies included. */
    public synchronized List<PostedMessage> messages() {
        return messages.values().stream()
                .filter(message -> !message.ephemeral())
                .toList();
    }

    /** What this person sees, oldest first: also what is meant for them alone. */
    public synchronized List<PostedMessage> visibleTo(Person person) {
        return messages.values().stream()
                .filter(message -> message.onlyFor().map(person.id()::equals).orElse(true))
                .toList();
    }

    /** The message as it stands now; empty when it was deleted. */
    public synchronized Optional<PostedMessage> message(String ts) {
        return Optional.ofNullable(messages.get(ts));
    }

    PostedMessage put(PostedMessage message) {
        synchronized (this) {
            messages.put(message.ts(), message);
        }
        workspace.slack().changes().happened();
        return message;
    }

    void delete(String ts) {
        synchronized (this) {
            messages.remove(ts);
        }
        workspace.slack().changes().happened();
    }
}
