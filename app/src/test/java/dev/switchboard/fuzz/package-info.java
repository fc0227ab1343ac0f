/** Makes input that nobody sends on purpose: a corpus kept in git, and mutations of it that follow from a seed. */
@NullMarked
package dev.switchboard.fuzz;

import org.jspecify.annotations.NullMarked;
