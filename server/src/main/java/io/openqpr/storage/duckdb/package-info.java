/// The embedded engine: DuckDB, one file that belongs to one process. Its door is `DuckDbStore`;
/// called by the wiring only.
@NullMarked
package io.openqpr.storage.duckdb;

import org.jspecify.annotations.NullMarked;
