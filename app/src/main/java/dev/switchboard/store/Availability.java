package dev.switchboard.store;

import dev.switchboard.call.CallStore;

/** Whether the database can be used, as far as is known. */
interface Availability {
    /** @throws CallStore.Unavailable if it is known not to be, so that nobody waits in vain */
    void check();
}
