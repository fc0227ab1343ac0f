package dev.switchboard.sandbox.page;

import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.Draft;
import dev.switchboard.sandbox.slack.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What stands in each person's composer: Slack asks the app about its links when they change. */
final class Drafts {
    private static final Pattern LINK = Pattern.compile("https?://\\S+");

    private final Map<String, Typed> drafts = new HashMap<>();

    private record Typed(List<String> links, Draft draft) {}

    synchronized void type(Person person, Conversation where, String text) {
        List<String> links =
                LINK.matcher(text).results().map(MatchResult::group).distinct().toList();
        Typed before = drafts.get(key(person, where));
        if (links.isEmpty() || text.startsWith("/")) {
            drafts.remove(key(person, where));
        } else if (before == null || !before.links().equals(links)) {
            drafts.put(key(person, where), new Typed(links, person.drafts(text, where)));
        }
    }

    synchronized void drop(Person person, Conversation where) {
        drafts.remove(key(person, where));
    }

    synchronized Optional<Draft> of(Person person, Conversation where) {
        return Optional.ofNullable(drafts.get(key(person, where))).map(Typed::draft);
    }

    private static String key(Person person, Conversation where) {
        return person.id() + ' ' + where.id();
    }
}
