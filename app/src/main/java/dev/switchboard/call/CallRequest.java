package dev.switchboard.call;

import java.util.List;

/** Something to be done with a live Call. */
public sealed interface CallRequest {
    /** Ask these people in. */
    record Invite(List<UserId> users) implements CallRequest {}

    /** Give it another title. */
    record Rename(Title title) implements CallRequest {}

    /** Tell about it. */
    record Info() implements CallRequest {}

    /** End it. */
    record End() implements CallRequest {}
}
