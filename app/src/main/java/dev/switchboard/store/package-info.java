/**
 * The ledger in a database: {@link dev.switchboard.store.LedgerDatabase} opens it and brings its schema up to date, as
 * {@code EmbeddedLedger} (H2) or {@code SharedLedger} (PostgreSQL); {@link dev.switchboard.store.JdbcCallStore} is the
 * port {@link dev.switchboard.call.CallStore} on it.
 */
@NullMarked
package dev.switchboard.store;

import org.jspecify.annotations.NullMarked;
