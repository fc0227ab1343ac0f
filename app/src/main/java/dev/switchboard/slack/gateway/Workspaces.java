package dev.switchboard.slack.gateway;

import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.auth.AuthTestResponse;
import dev.switchboard.call.Reply.Verdict;
import dev.switchboard.call.TeamId;
import dev.switchboard.settings.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which token speaks for which workspace. One token speaks for all there is; of several, {@code auth.test} tells whose
 * each one is, and is asked again until it does.
 */
public final class Workspaces {
    private static final Logger LOG = LoggerFactory.getLogger(Workspaces.class);

    /** A token that Slack says nothing of for so long is counted as nobody's. */
    private static final int MOST_LESSONS = 60;

    private final SlackClients clients;
    private final List<Secret> tokens;
    private final Map<TeamId, Secret> byTeam = new ConcurrentHashMap<>();
    private final List<Secret> unknown;
    /** Whether there is a token of which Slack has said neither whose it is nor that it is refused. */
    private volatile boolean undecided = true;

    private int lessons;

    public Workspaces(SlackClients clients, List<Secret> tokens) {
        this.clients = clients;
        this.tokens = tokens;
        this.unknown = new ArrayList<>(tokens);
    }

    /**
     * What Slack said of some tokens.
     *
     * @param connected the workspaces of those it knows, in words
     * @param refused the error codes of those it refuses
     * @param unanswered why it said nothing of the others
     */
    public record Lesson(List<String> connected, List<String> refused, List<String> unanswered) {
        /** Tells the log. */
        public void log() {
            unanswered.forEach(code -> LOG.warn("method=auth.test error={}", code));
            connected.forEach(workspace -> LOG.info("workspace {} connected", workspace));
            refused.forEach(code -> LOG.warn("method=auth.test error={}: a token of SLACK_BOT_TOKEN is refused", code));
        }
    }

    /** Asks Slack about the tokens that it has not told about yet; it may be asked again about those it refuses. */
    public synchronized Lesson learn() {
        List<String> connected = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        List<String> unanswered = new ArrayList<>();
        int tried = unknown.size();
        for (Secret token : List.copyOf(unknown)) {
            try {
                AuthTestResponse reply = clients.patient(token).authTest(r -> r);
                if (reply.isOk()) {
                    learn(token, reply);
                    connected.add(reply.getTeamId() + " (" + reply.getTeam() + ")");
                } else if (refusesToken(String.valueOf(reply.getError()))) {
                    refused.add(reply.getError());
                } else {
                    unanswered.add(String.valueOf(reply.getError()));
                }
            } catch (IOException | SlackApiException | RuntimeException e) {
                unanswered.add(Failures.code(e));
            }
        }
        lessons++;
        undecided = tried > connected.size() + refused.size() && lessons < MOST_LESSONS;
        return new Lesson(connected, refused, unanswered);
    }

    private void learn(Secret token, AuthTestResponse reply) {
        unknown.remove(token);
        if (reply.getTeamId() != null) {
            byTeam.put(new TeamId(reply.getTeamId()), token);
        }
        // An org-wide installation has one token for all its workspaces.
        if (reply.isEnterpriseInstall() && reply.getEnterpriseId() != null) {
            byTeam.put(new TeamId(reply.getEnterpriseId()), token);
        }
    }

    /** Whether every token's workspace is known. */
    public synchronized boolean complete() {
        return unknown.isEmpty();
    }

    /** Whether an error code of {@code auth.test} means that the token is no good. */
    public static boolean refusesToken(String code) {
        return ErrorCode.verdict("auth.test", code) == Verdict.HELD;
    }

    /** Whether one of the tokens may turn out to be any workspace's, once Slack says so. */
    public boolean undecided() {
        return undecided;
    }

    /** The token that speaks for the workspace, if one is known to. */
    Optional<Secret> token(TeamId team) {
        return tokens.size() == 1 ? Optional.of(tokens.get(0)) : Optional.ofNullable(byTeam.get(team));
    }
}
