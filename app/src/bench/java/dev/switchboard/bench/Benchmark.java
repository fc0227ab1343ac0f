package dev.switchboard.bench;

import java.io.IOException;

/** One question, answered in figures. */
interface Benchmark {
    /**
     * Measures.
     *
     * @param rounds how often each bot has its turn
     */
    Report run(int rounds) throws IOException;
}
