package dev.switchboard.slack.text;

import dev.switchboard.call.CallRequest;
import dev.switchboard.call.StartRequest;
import dev.switchboard.call.Title;
import dev.switchboard.call.UserId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The grammar of the command's text. A word is a sub-command only when the whole text fits its grammar: {@code end} ends
 * a Call, {@code end of sprint review} is a title.
 */
public final class CommandText {
    /** Slack cuts what people type long before; nothing is gained from reading a megabyte. */
    private static final int LOOKED_AT = 8_000;

    /** One link is the room; for each of some hundreds a title would be made in vain. */
    private static final int LINKS_LOOKED_AT = 20;

    private static final String SPACE = "[\\s\\p{Z}]";
    private static final Pattern WORD = Pattern.compile(SPACE + "*([^\\s\\p{Z}]+)" + SPACE + "*");
    /** What stands between a link and a title before or after it. */
    private static final Pattern JOINT = Pattern.compile("^[\\s\\p{Z},;:–—-]+");

    private static final Pattern LAST_JOINT = Pattern.compile("(?<![\\s\\p{Z},;:–—(\\[-])[\\s\\p{Z},;:–—(\\[-]+$");
    private static final Pattern LAST_STOP = Pattern.compile("(?<![\\s\\p{Z}.])[\\s\\p{Z}.]+$");
    /** Somebody by themselves, not "@bo's", with what stands between them and the next one or the title. */
    private static final Pattern PERSON_IN_FRONT = Pattern.compile(SPACE + "*" + SlackText.MENTION
            + "(?=" + SPACE + "|[,;:]|&amp;|<@|$)[\\s\\p{Z},;:]*"
            + "(?:(?:(?i:and)(?=" + SPACE + ")|&(?:amp;)?)" + SPACE + "*(?=" + SlackText.MENTION + "))?");

    private CommandText() {}

    /**
     * What the person meant.
     *
     * @param text what was typed after the command, escaped by Slack; may be empty
     */
    public static Typed parse(String text) {
        String looked = text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text;
        Matcher word = WORD.matcher(looked);
        if (!word.lookingAt()) {
            return new Typed.Start(StartRequest.plain());
        }
        String first = word.group(1).toLowerCase(Locale.ROOT);
        String rest = looked.substring(word.end());
        Optional<Typed> subCommand = rest.isEmpty() ? single(first) : several(first, rest);
        return subCommand.orElseGet(() -> new Typed.Start(start(looked)));
    }

    private static Optional<Typed> single(String word) {
        return switch (word) {
            case "start" -> Optional.of(new Typed.Start(StartRequest.plain()));
            case "info" -> Optional.of(new Typed.OnCall(new CallRequest.Info()));
            case "end" -> Optional.of(new Typed.OnCall(new CallRequest.End()));
            case "list" -> Optional.of(new Typed.ListCalls());
            case "history" -> Optional.of(new Typed.History());
            case "help" -> Optional.of(new Typed.Help());
            default -> Optional.empty();
        };
    }

    private static Optional<Typed> several(String first, String rest) {
        return switch (first) {
            case "start" -> Optional.of(new Typed.Start(start(rest)));
            case "rename" -> title(rest).map(title -> new Typed.OnCall(new CallRequest.Rename(title)));
            case "invite" -> {
                boolean onlyUsers =
                        afterPeople(LAST_STOP.matcher(rest).replaceFirst("")).isEmpty();
                List<UserId> users = SlackText.users(rest);
                yield onlyUsers && !users.isEmpty()
                        ? Optional.of(new Typed.OnCall(new CallRequest.Invite(users)))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /** People in front are taken out of the title; mentioned further on they are a part of it, and asked in as well. */
    private static StartRequest start(String text) {
        String about = afterPeople(text);
        List<SlackText.Link> links = SlackText.links(about);
        boolean linkAlone =
                links.size() == 1 && titleWithout(links.get(0), about).isEmpty();
        return new StartRequest(
                links.stream()
                        .limit(LINKS_LOOKED_AT)
                        .map(link -> new StartRequest.Link(link.uri(), titleWithout(link, about)))
                        .toList(),
                linkAlone ? Optional.empty() : title(about),
                SlackText.users(text),
                false);
    }

    private static Optional<Title> titleWithout(SlackText.Link link, String about) {
        String before = about.substring(0, link.start());
        String after = about.substring(link.end());
        if (before.isBlank()) {
            return title(afterPeople(JOINT.matcher(after).replaceFirst("")));
        }
        return title(after.isBlank() ? LAST_JOINT.matcher(before).replaceFirst("") : before + " " + after);
    }

    private static Optional<Title> title(String text) {
        return Title.of(SlackText.plain(text));
    }

    /** What follows the people in front, who may be listed as in a sentence: {@code @ana, @bo and @cy: Retro}. */
    private static String afterPeople(String text) {
        Matcher person = PERSON_IN_FRONT.matcher(text);
        while (person.lookingAt()) {
            person.region(person.end(), text.length());
        }
        return text.substring(person.regionStart());
    }
}
