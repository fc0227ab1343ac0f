package dev.switchboard.slack.gateway;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import dev.switchboard.call.Reply;
import dev.switchboard.call.Reply.Verdict;
import dev.switchboard.call.RequestTimes;
import dev.switchboard.call.TeamId;
import dev.switchboard.settings.Secret;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.FormBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request to the Web API: within the pace, with the workspace's token, its outcome sorted. */
final class Requests {
    /** How long a workspace that refuses us is left alone before it is asked again. */
    private static final Duration HOLD = Duration.ofSeconds(30);

    /** Slack is asked whose a token is every few seconds until it says so. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(SlackGateway.class);

    private final SlackClients clients;
    private final Workspaces workspaces;
    private final Pace pace;
    private final Clock clock;
    /** Why which workspace, or method of one, is refused at the moment; each refusal is said once, and its end too. */
    private final Map<String, Refusal> held = new ConcurrentHashMap<>();

    Requests(SlackClients clients, Workspaces workspaces, Pace pace, Clock clock) {
        this.clients = clients;
        this.workspaces = workspaces;
        this.pace = pace;
        this.clock = clock;
    }

    /** That Slack refuses us; by now it may not, if that was long ago. */
    private record Refusal(String code, Instant until) {}

    /** A question to the Web API. */
    interface Question<R> {
        R ask(MethodsClient client) throws IOException, SlackApiException;
    }

    /** Posts or changes a message; the same as {@link #ask}, but for the smaller answer. */
    <T> Reply<T> post(
            TeamId team, String method, Optional<String> channel, FormBody.Builder form, Function<Posted, T> value) {
        return ask(
                clients::patient,
                team,
                method,
                channel,
                client -> client.postFormWithTokenAndParseResponse(any -> form, method, token(team), Posted.class),
                value);
    }

    private String token(TeamId team) {
        return workspaces.token(team).orElseThrow().reveal();
    }

    /** Asks, and takes from a good answer what is wanted of it. */
    <R extends SlackApiTextResponse, T> Reply<T> ask(
            TeamId team, String method, Question<R> question, Function<R, T> value) {
        return ask(clients::patient, team, method, Optional.empty(), question, value);
    }

    /** The same where a person waits. */
    <R extends SlackApiTextResponse, T> Reply<T> askHastily(
            TeamId team, String method, Question<R> question, Function<R, T> value) {
        return ask(clients::hasty, team, method, Optional.empty(), question, value);
    }

    @SuppressWarnings("try") // the slot is held while the request is under way, and not used otherwise
    private <R extends SlackApiTextResponse, T> Reply<T> ask(
            Function<Secret, MethodsClient> client,
            TeamId team,
            String method,
            Optional<String> channel,
            Question<R> question,
            Function<R, T> value) {
        Optional<Secret> token = workspaces.token(team);
        if (token.isEmpty()) {
            return workspaces.undecided()
                    ? Reply.of(
                            Verdict.LATER,
                            "token_not_known_yet",
                            clock.instant().plus(SOON))
                    : held(team, method, "no_token");
        }
        Instant asked = clock.instant();
        Pace.Turn turn = pace.take(team, method, channel);
        if (turn.slot().isEmpty()) {
            return Reply.of(Verdict.LATER, Reply.PACED, turn.notBefore().orElseThrow());
        }
        try (Pace.Slot slot = turn.slot().get()) {
            if (Duration.between(asked, clock.instant()).compareTo(RequestTimes.HELD_UP) > 0) {
                return Reply.of(Verdict.LATER, "overslept", clock.instant().plusSeconds(1));
            }
            R reply = question.ask(client.apply(token.get()));
            return reply.isOk() ? done(team, method, value.apply(reply)) : refused(team, method, reply.getError());
        } catch (IOException | SlackApiException | RuntimeException e) {
            Reply<T> reply = Failures.reply(e, clock.instant());
            reply.notBefore().ifPresent(until -> pace.retryAfter(team, method, until));
            return reply;
        }
    }

    /** Why Slack refuses us that method at the moment, as far as this copy has been told lately. */
    Optional<String> refusal(TeamId team, String method) {
        return Stream.of(team.value(), team + " " + method)
                .flatMap(refused -> Stream.ofNullable(held.get(refused)))
                .filter(refusal -> clock.instant().isBefore(refusal.until()))
                .map(Refusal::code)
                .findFirst();
    }

    private <T> Reply<T> done(TeamId team, String method, T value) {
        if (!held.isEmpty() && held.keySet().removeAll(Set.of(team.value(), team + " " + method))) {
            LOG.info("workspace {} accepts us again: its work goes on", team);
        }
        return Reply.done(value);
    }

    private <T> Reply<T> refused(TeamId team, String method, @org.jspecify.annotations.Nullable String error) {
        if (error == null) {
            return Reply.of(Verdict.LOST, "no_answer_of_slack"); // which always says why not: it may well be done
        }
        Verdict verdict = ErrorCode.verdict(method, error);
        return verdict == Verdict.HELD ? held(team, method, error) : Reply.of(verdict, error);
    }

    private <T> Reply<T> held(TeamId team, String method, String code) {
        Instant until = clock.instant().plus(HOLD);
        boolean oneMethod = ErrorCode.holdsOneMethod(code);
        if (oneMethod) {
            pace.retryAfter(team, method, until);
        } else if (!code.equals("no_token")) {
            pace.hold(team, until);
        }
        if (held.put(oneMethod ? team + " " + method : team.value(), new Refusal(code, until)) == null) {
            LOG.error(
                    "workspace {} refuses us: method={} error={}; its work is held until that is mended ({})",
                    team,
                    method,
                    code,
                    remedy(code));
        }
        return Reply.of(Verdict.HELD, code, until);
    }

    private static String remedy(String code) {
        return switch (code) {
            case ErrorCode.MISSING_SCOPE ->
                "create the app from `manifest` again or add the scope, then reinstall it to the workspace";
            case ErrorCode.ACCESS_LIMITED -> "let the workspace's settings allow this machine's network";
            case "no_token" -> "add this workspace's bot token to SLACK_BOT_TOKEN";
            default -> "reinstall the app and put the new token into SLACK_BOT_TOKEN";
        };
    }
}
