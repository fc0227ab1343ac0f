package dev.switchboard;

/** One bot. */
final class Switchboard {}
