package dev.switchboard.slack.text;

import dev.switchboard.call.CallRequest;
import dev.switchboard.call.StartRequest;
import dev.switchboard.call.Title;
import dev.switchboard.call.UserId;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The grammar of the command's text. A word is a sub-command only when the whole text fits its grammar: {@code end} ends
 * a Call, {@code end of sprint review} is a title.
 */
public final class CommandText {
    /** Slack cuts what people type long before; nothing is gained from reading a megabyte. */
    private static final int LOOKED_AT = 8_000;

    private CommandText() {}

    /**
     * What the person meant.
     *
     * @param text what was typed after the command, escaped by Slack; may be empty
     */
    public static Typed parse(String text) {
        String looked = text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text;
        List<String> words = words(looked);
        if (words.isEmpty()) {
            return new Typed.Start(StartRequest.plain());
        }
        String first = words.get(0).toLowerCase(Locale.ROOT);
        List<String> rest = words.subList(1, words.size());
        Optional<Typed> subCommand = rest.isEmpty() ? single(first) : several(first, rest);
        return subCommand.orElseGet(() -> new Typed.Start(start(words)));
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

    private static Optional<Typed> several(String first, List<String> rest) {
        return switch (first) {
            case "start" -> Optional.of(new Typed.Start(start(rest)));
            case "rename" -> title(rest).map(title -> new Typed.OnCall(new CallRequest.Rename(title)));
            case "invite" -> {
                List<UserId> users = rest.stream()
                        .flatMap(word -> SlackText.user(word).stream())
                        .distinct()
                        .toList();
                boolean onlyUsers =
                        rest.stream().allMatch(word -> SlackText.user(word).isPresent());
                yield onlyUsers ? Optional.of(new Typed.OnCall(new CallRequest.Invite(users))) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /** People in front are taken out of the title; mentioned further on they are a part of it, and asked in as well. */
    private static StartRequest start(List<String> words) {
        Set<UserId> invited = new LinkedHashSet<>();
        words.forEach(word -> SlackText.user(word).ifPresent(invited::add));
        int people = 0;
        while (people < words.size() && SlackText.user(words.get(people)).isPresent()) {
            people++;
        }
        List<String> about = words.subList(people, words.size());
        Optional<URI> link = about.isEmpty() ? Optional.empty() : SlackText.link(about.get(0));
        List<String> afterLink = link.isEmpty() ? about : about.subList(1, about.size());
        return new StartRequest(
                link,
                title(afterLink),
                afterLink.isEmpty() ? Optional.empty() : title(about),
                List.copyOf(invited),
                false);
    }

    private static Optional<Title> title(List<String> words) {
        return Title.of(SlackText.plain(String.join(" ", words)));
    }

    /** Words by white space; a mention or link in angle brackets is one, whatever its label has in it. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean bracket = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bracket = c == '<' || (bracket && c != '>');
            if (!bracket && (Character.isWhitespace(c) || Character.isSpaceChar(c))) {
                flush(word, words);
            } else {
                word.append(c);
                if (c == '>' && text.startsWith("<@", i + 1)) {
                    flush(word, words); // <@U1><@U2> typed without a space
                }
            }
        }
        flush(word, words);
        return words;
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (word.length() > 0) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
