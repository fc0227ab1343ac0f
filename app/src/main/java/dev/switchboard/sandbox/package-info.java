/**
 * The surroundings of a bot, without an account: {@link dev.switchboard.sandbox.Sandbox} starts a fake workspace with its
 * page in a browser and its meeting server, {@link dev.switchboard.sandbox.Tour} plays the life of a Call in it, {@link
 * dev.switchboard.sandbox.Terminal} lets one play oneself. It knows the bot only by the wire.
 */
@NullMarked
package dev.switchboard.sandbox;

import org.jspecify.annotations.NullMarked;
