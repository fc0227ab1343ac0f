package dev.switchboard.call;

import java.net.URI;
import java.util.Optional;

/**
 * A room on the meeting server.
 *
 * @param key what makes it this room and no other, in the provider's own terms; two links to one room have one key
 * @param joinUrl where a browser joins; shown on the card, so no secret of one person is in it
 * @param desktopUrl where the desktop app joins, if the admin configured one
 */
public record Room(String key, URI joinUrl, Optional<URI> desktopUrl) {}
