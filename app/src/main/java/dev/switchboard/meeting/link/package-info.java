/** Any meeting server whose rooms are links: a template, and nothing asked of the server. */
@NullMarked
package dev.switchboard.meeting.link;

import org.jspecify.annotations.NullMarked;
