package dev.switchboard.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What each bot showed in each round, in the order in which the bots first had their turn. */
final class Rounds<T> {
    private final Map<String, List<T>> found = new LinkedHashMap<>();

    void add(String bot, T result) {
        found.computeIfAbsent(bot, any -> new ArrayList<>()).add(result);
    }

    Set<String> bots() {
        return found.keySet();
    }

    /** Those beside the stock bot. */
    List<String> ours() {
        return found.keySet().stream()
                .filter(bot -> !bot.equals(Contestant.STOCK))
                .toList();
    }

    boolean has(String bot) {
        return found.containsKey(bot);
    }

    List<T> of(String bot) {
        List<T> rounds = found.get(bot);
        if (rounds == null) {
            throw new IllegalArgumentException(bot + " had no turn");
        }
        return rounds;
    }

    /** One figure over all rounds of a bot. */
    Spread spread(String bot, ToDoubleFunction<T> figure) {
        return Spread.of(of(bot).stream().mapToDouble(figure).boxed().toList());
    }

    /** The median of ours over the median of the stock bot. */
    double ratio(String bot, ToDoubleFunction<T> figure) {
        return spread(bot, figure).median() / spread(Contestant.STOCK, figure).median();
    }
}
