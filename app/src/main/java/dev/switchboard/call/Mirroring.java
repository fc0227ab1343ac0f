package dev.switchboard.call;

/** Who keeps Slack in step: told after the commit of each change that Slack is owed. Both return at once. */
public interface Mirroring {
    /** A Call was changed. */
    void wake(CallId call);

    /** A Call was started; whoever started it has claimed it for the mirror. */
    void begin(CallStore.Claim started);
}
