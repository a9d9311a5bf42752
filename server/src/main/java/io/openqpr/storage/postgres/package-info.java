/// The server engine: PostgreSQL 15 or newer, shared by several servers. Its door is
/// `PostgresStore`; called by the wiring only.
@NullMarked
package io.openqpr.storage.postgres;

import org.jspecify.annotations.NullMarked;
