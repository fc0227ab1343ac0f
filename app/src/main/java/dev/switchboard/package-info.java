/** The command line and the wiring: {@link dev.switchboard.Main} and {@link dev.switchboard.Switchboard}. */
@NullMarked
package dev.switchboard;

import org.jspecify.annotations.NullMarked;
