/**
 * Benchmarks of the real jar as a process, side by side with a stock bot, in a Slack on this machine; run by
 * {@code mvn -Pbench}, explained in {@code app/docs/performance.md}. Nothing here is part of the product or its tests.
 */
@NullMarked
package dev.switchboard.bench;

import org.jspecify.annotations.NullMarked;
