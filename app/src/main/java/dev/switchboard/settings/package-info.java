/**
 * What the operator decides, read once at the start. {@link dev.switchboard.settings.Settings#from} turns a map of
 * variables into one immutable record, or answers with every mistake in it at once, each as one line: the variable, what
 * is wrong with it, what a right one looks like. Nothing outside this package reads the environment, and no secret leaves
 * it in a text: a {@link dev.switchboard.settings.Secret} prints as {@code ***}, and no mistake quotes one.
 */
@NullMarked
package dev.switchboard.settings;

import org.jspecify.annotations.NullMarked;
