package dev.switchboard.slack.gateway;

import com.slack.api.model.User;
import dev.switchboard.call.Reply;
import dev.switchboard.call.SlackCalls.Profile;
import dev.switchboard.call.TeamId;
import dev.switchboard.call.UserId;
import dev.switchboard.slack.text.SlackText;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who people are. Every question here has somebody waiting for it. */
final class Users {
    private final Requests requests;
    private final Remembered<Key, Optional<UserId>> byEmail;
    private final Remembered<Member, Boolean> guests;

    Users(Requests requests, Clock clock) {
        this.requests = requests;
        this.byEmail = new Remembered<>(clock);
        this.guests = new Remembered<>(clock);
    }

    private record Key(TeamId team, String email) {}

    private record Member(TeamId team, UserId user) {}

    Reply<Boolean> isAdmin(TeamId team, UserId user) {
        return about(team, user, found -> found.isAdmin() || found.isOwner());
    }

    /** Of one channel or of several; where Slack won't tell, for want of a scope perhaps, nobody is. */
    Reply<Boolean> isGuest(TeamId team, UserId user) {
        return guests.orAsk(new Member(team, user), () -> {
            Reply<Boolean> reply = about(team, user, found -> found.isRestricted() || found.isUltraRestricted());
            return reply.verdict() == Reply.Verdict.NEVER ? Reply.done(false) : reply;
        });
    }

    Reply<Profile> profile(TeamId team, UserId user) {
        return about(team, user, Users::profile);
    }

    /** Guests and members alike; deactivated people are not found. */
    Reply<Optional<UserId>> byEmail(TeamId team, String email) {
        String address = email.strip().toLowerCase(Locale.ROOT);
        return byEmail.orAsk(new Key(team, address), () -> {
            Reply<Optional<UserId>> reply = requests.askHastily(
                    team,
                    "users.lookupByEmail",
                    client -> client.usersLookupByEmail(r -> r.email(address)),
                    found -> Optional.of(new UserId(found.getUser().getId())));
            // Whom Slack won't tell us, for want of a scope perhaps, is not asked about at every look.
            return reply.verdict() == Reply.Verdict.NEVER ? Reply.done(Optional.empty()) : reply;
        });
    }

    private <T> Reply<T> about(TeamId team, UserId user, java.util.function.Function<User, T> value) {
        return requests.askHastily(
                team,
                "users.info",
                client -> client.usersInfo(r -> r.user(user.value())),
                info -> value.apply(info.getUser()));
    }

    private static Profile profile(User user) {
        User.Profile profile = user.getProfile() == null ? new User.Profile() : user.getProfile();
        String name = Stream.of(profile.getDisplayName(), profile.getRealName(), user.getRealName(), user.getName())
                .flatMap(given -> given(given).stream())
                .findFirst()
                .orElse(user.getId());
        return new Profile(
                name,
                given(profile.getEmail()),
                given(profile.getImage192())
                        .or(() -> given(profile.getImage72()))
                        .flatMap(SlackText::uri));
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(some -> !some.isEmpty());
    }
}
