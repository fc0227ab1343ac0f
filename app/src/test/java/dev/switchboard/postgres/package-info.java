/** A real PostgreSQL for tests. */
@NullMarked
package dev.switchboard.postgres;

import org.jspecify.annotations.NullMarked;
