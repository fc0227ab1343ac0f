/**
 * BigBlueButton, by its API (https://docs.bigbluebutton.org/development/api): meetings are created, joined by signed links,
 * asked about and ended; rooms of its front end Greenlight are found among the running meetings.
 */
@NullMarked
package dev.switchboard.meeting.bigbluebutton;

import org.jspecify.annotations.NullMarked;
