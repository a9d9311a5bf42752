package io.openqpr.storage.duckdb;

import org.duckdb.DuckDBConnection;
import org.jooq.DSLContext;

/// One connection: as itself, for what only DuckDB can, and for the shared SQL.
record Session(DuckDBConnection connection, DSLContext sql) {}
