package dev.switchboard.call;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that Slack is to show people because of a Call, once: the card, a ring, an unfurl, a word to one person.
 *
 * @param target where it goes
 * @param route the way it is tried now
 * @param state how far it got
 * @param triedAt when it was last handed to Slack without our knowing the outcome, empty if never; put back by as long as
 *     a request may take where it is known to be over
 * @param message where it stands, if Slack told
 */
public record Announcement(
        UUID id,
        CallId call,
        Target target,
        Route route,
        State state,
        Instant createdAt,
        Optional<Instant> triedAt,
        Optional<MessageRef> message) {

    /** What is announced to whom. */
    public sealed interface Target {
        /** The kind of target, for the ledger's rows. */
        Kind kind();

        /** The ways to try, in this order. */
        List<Route> routes();

        /** Whether it has buttons that lead nowhere once the Call is over. */
        default boolean hasButtons() {
            return false;
        }

        /** Where all can read it; empty if it is for one person alone. */
        default Optional<ChannelId> conversation() {
            return replyTo().map(MessageRef::channel);
        }

        /** The message in whose thread it is said, if it is. */
        default Optional<MessageRef> replyTo() {
            return Optional.empty();
        }

        /** Whom it is told where it goes to one person. */
        default Optional<UserId> addressee() {
            return Optional.empty();
        }
    }

    /** The kinds of {@link Target}. */
    public enum Kind {
        ICON_ANSWER,
        CARD,
        RING,
        UNFURL,
        QUESTION,
        SUMMARY,
        RECORDING,
        NOTICE
    }

    /**
     * The answer that opens the Call for the person who pressed Slack's Call icon.
     *
     * @param audio whether they asked for an audio call
     */
    public record IconAnswer(UserId user, boolean audio) implements Target {
        @Override
        public Kind kind() {
            return Kind.ICON_ANSWER;
        }

        @Override
        public List<Route> routes() {
            return List.of(Route.RESPONSE_URL);
        }

        @Override
        public Optional<UserId> addressee() {
            return Optional.of(user);
        }
    }

    /** The Call's card in the conversation where it was started. */
    public record Card(ChannelId channel) implements Target {
        @Override
        public Kind kind() {
            return Kind.CARD;
        }

        @Override
        public List<Route> routes() {
            return List.of(Route.MESSAGE, Route.RESPONSE_URL);
        }

        @Override
        public boolean hasButtons() {
            return true;
        }

        @Override
        public Optional<ChannelId> conversation() {
            return Optional.of(channel);
        }
    }

    /** A direct message that asks somebody in. */
    public record Ring(UserId user, UserId by) implements Target {
        @Override
        public Kind kind() {
            return Kind.RING;
        }

        @Override
        public List<Route> routes() {
            return List.of(Route.DIRECT);
        }

        @Override
        public boolean hasButtons() {
            return true;
        }

        @Override
        public Optional<UserId> addressee() {
            return Optional.of(user);
        }
    }

    /**
     * The card under a link in somebody's message.
     *
     * @param url the link exactly as Slack named it in {@code link_shared}
     * @param ts the message; while it is still being typed no real time stamp
     * @param unfurlId Slack's handle of the link, used with {@code source} where given
     */
    public record Unfurl(ChannelId channel, String ts, String url, Optional<String> unfurlId, Optional<String> source)
            implements Target {
        @Override
        public Kind kind() {
            return Kind.UNFURL;
        }

        @Override
        public List<Route> routes() {
            return List.of(Route.UNFURL);
        }

        @Override
        public Optional<ChannelId> conversation() {
            return Optional.of(channel);
        }
    }

    /**
     * The question whether a Call that nobody touched for long goes on.
     *
     * @param creator who is asked where the bot may not speak in the channel
     */
    public record Question(ChannelId channel, UserId creator) implements Target {
        @Override
        public Kind kind() {
            return Kind.QUESTION;
        }

        @Override
        public List<Route> routes() {
            return List.of(Route.MESSAGE, Route.DIRECT);
        }

        @Override
        public boolean hasButtons() {
            return true;
        }

        @Override
        public Optional<ChannelId> conversation() {
            return Optional.of(channel);
        }

        @Override
        public Optional<UserId> addressee() {
            return Optional.of(creator);
        }
    }

    /**
     * What came of the Call, said after its end.
     *
     * @param thread the message of its card
     */
    public record Summary(MessageRef thread) implements Target {
        @Override
        public Kind kind() {
            return Kind.SUMMARY;
        }

        @Override
        public List<Route> routes() {
            return List.of(Route.THREAD);
        }

        @Override
        public Optional<MessageRef> replyTo() {
            return Optional.of(thread);
        }
    }

    /**
     * A recording that can be watched.
     *
     * @param thread the message of the Call's card
     */
    public record Recording(MessageRef thread, URI url, Duration length) implements Target {
        @Override
        public Kind kind() {
            return Kind.RECORDING;
        }

        @Override
        public List<Route> routes() {
            return List.of(Route.THREAD);
        }

        @Override
        public Optional<MessageRef> replyTo() {
            return Optional.of(thread);
        }
    }

    /**
     * A word to one person.
     *
     * @param about whom the topic speaks of
     * @param code Slack's error code, where one is the reason
     */
    public record Notice(UserId user, Topic topic, Optional<UserId> about, Optional<String> code) implements Target {
        @Override
        public Kind kind() {
            return Kind.NOTICE;
        }

        @Override
        public List<Route> routes() {
            // A decline is told once and maybe hours after the command: where it can be looked for. The others are
            // the outcome of a command just typed: where it was typed.
            return topic == Topic.DECLINED
                    ? List.of(Route.DIRECT, Route.EPHEMERAL)
                    : List.of(Route.RESPONSE_URL, Route.EPHEMERAL, Route.DIRECT);
        }

        @Override
        public Optional<UserId> addressee() {
            return Optional.of(user);
        }
    }

    /** What a {@link Notice} says. */
    public enum Topic {
        /** Somebody declined the Call. */
        DECLINED,
        /** Slack doesn't let this person be invited. */
        NOT_INVITED,
        /** Somebody is on the Call, but could not be sent a direct message. */
        NOT_RUNG,
        /** Slack refused to register the Call. */
        NOT_REGISTERED,
        /** The card could not be posted in the conversation. */
        NOT_POSTED,
        /** The meeting server did not open the room so far. */
        NOT_OPENED
    }

    /** The ways into Slack. */
    public enum Route {
        /** A message of the bot in the conversation. */
        MESSAGE("chat.postMessage"),
        /** A reply to a message of the bot. */
        THREAD("chat.postMessage"),
        /** An answer to the command, also where the bot may not post. */
        RESPONSE_URL("response_url"),
        /** A message in the conversation that only one person sees. */
        EPHEMERAL("chat.postEphemeral"),
        /** A direct message of the bot to one person. */
        DIRECT("chat.postMessage"),
        /** A card under somebody's link; sent twice it is still one. */
        UNFURL("chat.unfurl");

        private final String method;

        Route(String method) {
            this.method = method;
        }

        /** The Web API method, for logs. */
        public String method() {
            return method;
        }
    }

    /** How far an announcement got. */
    public enum State {
        /** To be delivered. */
        OWED,
        /** Handed to Slack, outcome unknown: to be looked for before it is sent again. */
        TRYING,
        /** Slack shows it. */
        DELIVERED,
        /** Slack shows it without its buttons. */
        RETIRED,
        /** It can't be delivered, or there is no point any more. */
        GIVEN_UP
    }

    static Announcement of(UUID id, CallId call, Target target, Instant now) {
        return new Announcement(
                id, call, target, target.routes().get(0), State.OWED, now, Optional.empty(), Optional.empty());
    }

    /** Whether Slack is still owed it. */
    public boolean open() {
        return state == State.OWED || state == State.TRYING;
    }

    /** Whether it stands in Slack with buttons that we can take away. */
    boolean retirable() {
        return state == State.DELIVERED && message.isPresent() && target.hasButtons();
    }

    Announcement trying(Instant at) {
        return new Announcement(id, call, target, route, State.TRYING, createdAt, Optional.of(at), message);
    }

    Announcement owed() {
        return new Announcement(id, call, target, route, State.OWED, createdAt, triedAt, message);
    }

    /** The same by the next way; empty if all were tried. */
    Optional<Announcement> rerouted() {
        int next = target.routes().indexOf(route) + 1;
        return next == target.routes().size()
                ? Optional.empty()
                : Optional.of(new Announcement(
                        id, call, target, target.routes().get(next), State.OWED, createdAt, triedAt, message));
    }

    Announcement delivered(Optional<MessageRef> where) {
        return new Announcement(id, call, target, route, State.DELIVERED, createdAt, triedAt, where);
    }

    Announcement retired() {
        return new Announcement(id, call, target, route, State.RETIRED, createdAt, triedAt, message);
    }

    Announcement givenUp() {
        return new Announcement(id, call, target, route, State.GIVEN_UP, createdAt, triedAt, message);
    }
}
