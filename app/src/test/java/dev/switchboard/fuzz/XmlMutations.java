package dev.switchboard.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes XML a little: elements lost, doubled, emptied, other texts; now and then it is no XML any more. */
public final class XmlMutations {
    private static final Pattern ELEMENT = Pattern.compile("<([A-Za-z-]+)>(?:(?!<\\1>).)*?</\\1>", Pattern.DOTALL);

    private static final Pattern TEXT = Pattern.compile(">([^<>]+)<");
    private final Random random;

    public XmlMutations(Random random) {
        this.random = random;
    }

    /** The text with one to four changes. */
    public String mutate(String text) {
        String changed = text;
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            changed = change(changed);
        }
        return changed;
    }

    private String change(String text) {
        int choice = random.nextInt(8);
        if (choice == 0) {
            int at = random.nextInt(Math.max(1, text.length()));
            return random.nextBoolean() ? text.substring(0, at) : text.substring(0, at) + '<' + text.substring(at);
        }
        return choice < 4 ? changeText(text) : changeElement(text, choice);
    }

    private String changeText(String text) {
        return replaced(text, TEXT, 1, escaped(OddText.any(random)));
    }

    private String changeElement(String text, int choice) {
        List<int[]> spots = spots(text, ELEMENT, 0);
        if (spots.isEmpty()) {
            return text;
        }
        int[] spot = spots.get(random.nextInt(spots.size()));
        String element = text.substring(spot[0], spot[1]);
        String instead = switch (choice) {
            case 4, 5 -> "";
            case 6 -> element.repeat(1 + random.nextInt(random.nextInt(20) == 0 ? 300 : 4));
            default -> "<a>".repeat(random.nextInt(60)) + element;
        };
        return text.substring(0, spot[0]) + instead + text.substring(spot[1]);
    }

    private String replaced(String text, Pattern pattern, int group, String instead) {
        List<int[]> spots = spots(text, pattern, group);
        if (spots.isEmpty()) {
            return text;
        }
        int[] spot = spots.get(random.nextInt(spots.size()));
        return text.substring(0, spot[0]) + instead + text.substring(spot[1]);
    }

    private static List<int[]> spots(String text, Pattern pattern, int group) {
        List<int[]> spots = new ArrayList<>();
        if (text.length() > 100_000) {
            return spots;
        }
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        while (from < text.length() && matcher.find(from)) {
            spots.add(new int[] {matcher.start(group), matcher.end(group)});
            from = matcher.start() + 1;
        }
        return spots;
    }

    private String escaped(String text) {
        return random.nextInt(5) == 0 ? text : text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
