package dev.switchboard.store;

import dev.switchboard.call.CallStore;

/** Whether the database can be used, as far as is known. */
interface Availability {
    /**
     * Refuses what would only wait in vain.
     *
     * @throws CallStore.Unavailable if the database is known not to be usable
     */
    void check();
}
