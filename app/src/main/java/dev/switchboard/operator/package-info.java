/** What operators inside the network can ask: is it alive, is it ready, how much is it doing. Off by default. */
@NullMarked
package dev.switchboard.operator;

import org.jspecify.annotations.NullMarked;
