/** What the providers of meeting rooms share: how servers are asked, and how people in rooms are told apart. */
@NullMarked
package dev.switchboard.meeting;

import org.jspecify.annotations.NullMarked;
