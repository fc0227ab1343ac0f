package dev.switchboard.call;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Slack's side of a Call. Nothing here throws for what Slack or the network does, and nothing waits for a rate limit:
 * a {@link Reply} says what came of it and when to come back. Each method is one request unless it says otherwise.
 */
public interface SlackCalls {
    /** The code with which Slack refuses to register a Call because of whoever started it. */
    String CREATOR_REFUSED = "invalid_created_by";

    /**
     * {@code calls.add}: registers the Call with these people on its card.
     *
     * @param creator who started it; empty to leave it out
     */
    Reply<SlackCallId> register(Call call, Optional<UserId> creator, List<Person> people);

    /**
     * Why the workspace refuses us that method at the moment (a revoked token, a missing scope), by Slack's error code, as
     * far as it is known without asking; empty where it doesn't.
     */
    Optional<String> refusal(TeamId team, String method);

    /** {@code calls.update}: gives the card the Call's present title. */
    Reply<Unit> rename(Call call);

    /** {@code calls.participants.add}. One unknown person spoils the whole batch ({@code user_not_found}). */
    Reply<Unit> add(Call call, List<Person> people);

    /** {@code calls.participants.remove}, with exactly the persons that were added. */
    Reply<Unit> remove(Call call, List<Person> told);

    /** {@code calls.end}, told in whole seconds. */
    Reply<Unit> end(Call call, Duration duration);

    /** {@code calls.info}: what Slack thinks of the Call. */
    Reply<SlackView> info(Call call);

    /**
     * Delivers an announcement by its route.
     *
     * @param responseUrl for {@link Announcement.Route#RESPONSE_URL}; otherwise empty
     * @return where the message stands; a reference is missing for routes on which Slack doesn't say
     */
    Reply<Optional<MessageRef>> deliver(Snapshot now, Announcement announcement, Optional<ResponseUrl> responseUrl);

    /** {@code chat.update}: takes the buttons off a message that was delivered. */
    Reply<Unit> retire(Snapshot now, Announcement delivered);

    /** Whether an announcement whose reply was lost is there. May take several requests. */
    Reply<Whereabouts> find(Call call, Announcement announcement);

    /** {@code conversations.info}: whether everybody in the workspace may see the conversation. */
    Reply<Boolean> isPublic(TeamId team, ChannelId channel);

    /** The same as far as it is known without asking Slack. */
    Optional<Boolean> knownPublic(TeamId team, ChannelId channel);

    /** {@code users.info}: whether this person is an admin or owner of the workspace. Answers within two seconds. */
    Reply<Boolean> isAdmin(TeamId team, UserId user);

    /** Whether the person is a guest, who sees no channels but those they were added to. */
    Reply<Boolean> isGuest(TeamId team, UserId user);

    /** {@code users.info}: what people see of this person. Answers within two seconds. */
    Reply<Profile> profile(TeamId team, UserId user);

    /**
     * {@code users.lookupByEmail}: who has that address, if anybody has. Answers within two seconds, from memory where
     * it was asked lately.
     */
    Reply<Optional<UserId>> userByEmail(TeamId team, String email);

    /** Nothing to tell but that it was done. */
    enum Unit {
        UNIT
    }

    /**
     * A Call as Slack has it.
     *
     * @param endedAt when it ended, by Slack's clock; empty while it is live there
     * @param people how many are on the card
     */
    record SlackView(Optional<Title> title, int people, Optional<Instant> endedAt, List<ChannelId> channels) {}

    /** Whether a message is there, and where, if Slack lets us see that. */
    record Whereabouts(boolean there, Optional<MessageRef> message) {}

    /**
     * Somebody of the workspace.
     *
     * @param name what people call them; not blank
     * @param email empty where Slack doesn't let us see it
     */
    record Profile(String name, Optional<String> email, Optional<URI> avatar) {}
}
