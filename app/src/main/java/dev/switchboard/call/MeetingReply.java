package dev.switchboard.call;

import java.util.Optional;

/** What came of asking the meeting server for something. */
public sealed interface MeetingReply<T> {
    /** What it answered; empty unless it did what was asked. */
    Optional<T> value();

    /** Whether asking again later may help. */
    boolean worthRetrying();

    /** Why not, for a log line: no secret, no line break; {@code ok} where it was done. */
    String why();

    /** It was done. */
    record Done<T>(T answer) implements MeetingReply<T> {
        @Override
        public Optional<T> value() {
            return Optional.of(answer);
        }

        @Override
        public boolean worthRetrying() {
            return false;
        }

        @Override
        public String why() {
            return "ok";
        }
    }

    /** This server, as it is set up, can't do that. */
    record Unsupported<T>(String why) implements MeetingReply<T> {
        @Override
        public Optional<T> value() {
            return Optional.empty();
        }

        @Override
        public boolean worthRetrying() {
            return false;
        }
    }

    /** It was not done. */
    record Failed<T>(String why, boolean worthRetrying) implements MeetingReply<T> {
        @Override
        public Optional<T> value() {
            return Optional.empty();
        }
    }
}
