package dev.switchboard.sandbox.slack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** One workspace with the app installed: its people, conversations and Calls. */
public final class Workspace {
    private static final String SLACKBOT = "USLACKBOT";

    private final FakeSlack slack;
    private final String id;
    private final String domain;
    private final String suffix;
    private final Credential bot;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, Conversation> conversations = new LinkedHashMap<>();
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final AtomicInteger nextId = new AtomicInteger(1);

    Workspace(FakeSlack slack, String domain, int number, Collection<String> scopes) {
        this.slack = slack;
        this.domain = domain;
        this.suffix = String.format(Locale.ROOT, "%03d", number);
        this.id = freshId("T0" + domain.toUpperCase(Locale.ROOT));
        this.bot = new Credential("xoxb-" + id + "-sandbox-bot-token", scopes);
    }

    FakeSlack slack() {
        return slack;
    }

    /** {@code T...}. */
    public String id() {
        return id;
    }

    /** The name in the workspace's address. */
    public String domain() {
        return domain;
    }

    /** The bot's token and scopes here. */
    public Credential bot() {
        return bot;
    }

    public String botToken() {
        return bot.token();
    }

    /** The bot's own user, {@code U...}. */
    public String botUserId() {
        return "U0BOT" + suffix + "00";
    }

    String botId() {
        return "B0BOT" + suffix + "00";
    }

    /** A new id of Slack's looks: capitals and digits, beginning with {@code prefix}. */
    String freshId(String prefix) {
        return prefix + suffix + String.format(Locale.ROOT, "%02d", nextId.getAndIncrement());
    }

    // People

    public synchronized List<Person> people() {
        return List.copyOf(people.values());
    }

    /**
     * The person of that name or id.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Person person(String nameOrId) {
        return findPerson(nameOrId).orElseThrow(() -> new IllegalArgumentException("Nobody here is " + nameOrId));
    }

    synchronized Optional<Person> findPerson(String nameOrId) {
        return people.values().stream()
                .filter(person -> person.id().equals(nameOrId) || person.name().equals(nameOrId))
                .findFirst();
    }

    synchronized Optional<Person> personById(String personId) {
        return Optional.ofNullable(people.get(personId));
    }

    /** Brings somebody new, with a direct message with the bot. */
    public Person hire(String name, Person.Role role) {
        Person person = new Person(this, freshId("U0" + name.toUpperCase(Locale.ROOT)), name, role);
        synchronized (this) {
            people.put(person.id(), person);
        }
        createConversation("bot-" + name, Conversation.Kind.DIRECT, List.of(person.id(), botUserId()));
        return person;
    }

    // Conversations

    public synchronized List<Conversation> conversations() {
        return List.copyOf(conversations.values());
    }

    /**
     * The conversation of that name (with or without {@code #}) or id.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Conversation conversation(String nameOrId) {
        return findConversation(nameOrId)
                .orElseThrow(() -> new IllegalArgumentException("No conversation is called " + nameOrId));
    }

    synchronized Optional<Conversation> findConversation(String nameOrId) {
        Conversation byId = conversations.get(nameOrId);
        String name = nameOrId.startsWith("#") ? nameOrId.substring(1) : nameOrId;
        return Optional.ofNullable(byId)
                .or(() -> conversations.values().stream()
                        .filter(conversation -> conversation.name().equals(name))
                        .findFirst());
    }

    synchronized Optional<Conversation> conversationById(String conversationId) {
        return Optional.ofNullable(conversations.get(conversationId));
    }

    /** The direct message, or group direct message, of exactly these people; it is opened when it is new. */
    public Conversation directMessage(Person... members) {
        return directMessageOf(Arrays.stream(members).map(Person::id).toList());
    }

    /** The direct message of a person with the bot. */
    public Conversation botMessagesOf(Person person) {
        return directMessageOf(List.of(person.id(), botUserId()));
    }

    synchronized Conversation directMessageOf(Collection<String> members) {
        Set<String> exactly = new LinkedHashSet<>(members);
        return conversations.values().stream()
                .filter(conversation -> conversation.kind() == Conversation.Kind.DIRECT
                        || conversation.kind() == Conversation.Kind.GROUP_DIRECT)
                .filter(conversation -> conversation.members().equals(exactly))
                .findFirst()
                .orElseGet(() -> createConversation(
                        "dm-" + nextId.get(),
                        exactly.size() > 2 ? Conversation.Kind.GROUP_DIRECT : Conversation.Kind.DIRECT,
                        exactly));
    }

    /** Creates a channel. */
    public Conversation createChannel(String name, Conversation.Kind kind, Person... members) {
        return createConversation(
                name, kind, Arrays.stream(members).map(Person::id).toList());
    }

    synchronized Conversation createConversation(String name, Conversation.Kind kind, Collection<String> members) {
        String prefix = switch (kind) {
            case PUBLIC, PRIVATE -> "C0";
            case DIRECT -> "D0";
            case GROUP_DIRECT -> "G0";
        };
        String letters = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
        Conversation conversation = new Conversation(this, freshId(prefix + letters), name, kind, members);
        conversations.put(conversation.id(), conversation);
        return conversation;
    }

    // Calls

    /** All Calls, oldest first. */
    public synchronized List<Call> calls() {
        return new ArrayList<>(calls.values());
    }

    /**
     * The Call of that id.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Call call(String callId) {
        return findCall(callId).orElseThrow(() -> new IllegalArgumentException("No Call is " + callId));
    }

    synchronized Optional<Call> findCall(String callId) {
        return Optional.ofNullable(calls.get(callId));
    }

    synchronized Optional<Call> callByExternalId(String externalUniqueId) {
        return calls.values().stream()
                .filter(call -> call.externalUniqueId().equals(externalUniqueId))
                .reduce((earlier, later) -> later);
    }

    synchronized Call register(Call.Registration registration) {
        Call call = new Call(freshId("R0CALL"), registration);
        calls.put(call.id(), call);
        return call;
    }

    // Messages

    PostedMessage post(Conversation conversation, Person author, PostedMessage.Content content) {
        return put(conversation, author.id(), false, Optional.empty(), content);
    }

    /** Puts a message of the app into a conversation, for one person only or for all. */
    PostedMessage postAsApp(Conversation conversation, Optional<String> onlyFor, PostedMessage.Content content) {
        return put(conversation, botUserId(), true, onlyFor, content);
    }

    /** A word from Slack itself that only this person sees. */
    PostedMessage postAsSlackbot(Conversation conversation, Person reader, String text) {
        return put(conversation, SLACKBOT, false, Optional.of(reader.id()), PostedMessage.Content.of(text));
    }

    private PostedMessage put(
            Conversation conversation,
            String author,
            boolean fromApp,
            Optional<String> onlyFor,
            PostedMessage.Content content) {
        PostedMessage message = conversation.put(new PostedMessage(
                conversation.id(),
                slack.timestamps().next(),
                author,
                fromApp,
                content.text(),
                content.blocks(),
                content.threadTs(),
                onlyFor,
                content.metadata(),
                Map.of(),
                false));
        showCalls(message);
        return message;
    }

    /** Notes on each Call of the message that its card stands there. */
    void showCalls(PostedMessage message) {
        message.callIds().forEach(callId -> findCall(callId).ifPresent(call -> call.shownIn(message.channel())));
    }

    // Drafts

    synchronized void keep(Draft draft) {
        drafts.put(draft.unfurlId(), draft);
    }

    synchronized Optional<Draft> draft(String unfurlId) {
        return Optional.ofNullable(drafts.get(unfurlId));
    }

    /** The message as people of this workspace read it, in plain lines. */
    public List<String> render(PostedMessage message, Person viewer) {
        return new CardText(this, viewer).lines(message);
    }
}
