package dev.switchboard.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Times from the sending of an envelope to the receipt of its acknowledgement, in milliseconds, as Slack would see them.
 * One that was still unanswered at the end counts with the time it had waited by then: never better than it was.
 */
final class Latencies {
    private final List<Double> sorted;

    Latencies(List<Double> milliseconds) {
        this.sorted = new ArrayList<>(milliseconds);
        Collections.sort(sorted);
    }

    int count() {
        return sorted.size();
    }

    /** The time that this share of all acknowledgements took at most. */
    double percentile(double share) {
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(0, Math.min(sorted.size(), rank) - 1));
    }

    double most() {
        return sorted.get(sorted.size() - 1);
    }

    /** How many came after Slack's three seconds, when the person had been told that the command failed. */
    long late() {
        return sorted.stream().filter(time -> time > 3_000).count();
    }
}
