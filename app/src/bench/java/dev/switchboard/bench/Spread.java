package dev.switchboard.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** One figure as the rounds gave it. */
record Spread(List<Double> rounds) {
    Spread {
        rounds = List.copyOf(rounds);
    }

    static Spread of(List<Double> rounds) {
        return new Spread(rounds);
    }

    static Spread of(double once) {
        return new Spread(List.of(once));
    }

    double median() {
        List<Double> sorted = new ArrayList<>(rounds);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double least() {
        return Collections.min(rounds);
    }

    double most() {
        return Collections.max(rounds);
    }

    /** The median, and where rounds differ the least and the most. */
    @Override
    public String toString() {
        String median = number(median());
        return least() == most() ? median : median + " (" + number(least()) + ".." + number(most()) + ')';
    }

    /** As many digits as mean something. */
    static String number(double value) {
        if (Double.isInfinite(value)) {
            return "never";
        }
        double size = Math.abs(value);
        int digits = size == Math.rint(size) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
