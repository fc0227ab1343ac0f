package dev.switchboard.slack.text;

import dev.switchboard.call.CallRequest;
import dev.switchboard.call.StartRequest;

/** What a person meant by the text after the command. */
public sealed interface Typed {
    /** Acts on each case. */
    interface Reader<T> {
        T start(StartRequest request);

        T onCall(CallRequest request);

        T list();

        T history();

        T help();
    }

    /** Calls the case's own method. */
    <T> T read(Reader<T> reader);

    /** Start a Call. */
    record Start(StartRequest request) implements Typed {
        @Override
        public <T> T read(Reader<T> reader) {
            return reader.start(request);
        }
    }

    /** Do something with a live Call. */
    record OnCall(CallRequest request) implements Typed {
        @Override
        public <T> T read(Reader<T> reader) {
            return reader.onCall(request);
        }
    }

    /** Show what is live. */
    record ListCalls() implements Typed {
        @Override
        public <T> T read(Reader<T> reader) {
            return reader.list();
        }
    }

    /** Show what was. */
    record History() implements Typed {
        @Override
        public <T> T read(Reader<T> reader) {
            return reader.history();
        }
    }

    /** Explain the command. */
    record Help() implements Typed {
        @Override
        public <T> T read(Reader<T> reader) {
            return reader.help();
        }
    }
}
