/**
 * The jar as those who run it see it: a process with variables, standard output and error, signals and an exit status,
 * and the people in a fake Slack. What happens inside is nobody's business here.
 */
@NullMarked
package dev.switchboard.jar;

import org.jspecify.annotations.NullMarked;
