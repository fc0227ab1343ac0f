package dev.switchboard.call;

/**
 * Where something broke that nobody foresaw, for the log. Without the messages: a database quotes the row in them, which
 * is what people wrote, and a parser what Slack sent.
 */
public final class Trace {
    private static final int FRAMES = 5;

    private Trace() {}

    /** The failure and its causes by their classes, each with the calls that led to it, on one line. */
    public static String of(Throwable failure) {
        StringBuilder trace = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            trace.append(cause == failure ? "" : " caused by ")
                    .append(cause.getClass().getName());
            StackTraceElement[] stack = cause.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, stack.length); i++) {
                trace.append(" at ").append(stack[i]);
            }
        }
        return trace.toString();
    }
}
