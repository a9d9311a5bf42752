/// Parquet files of scans, written by DuckDB whatever the store is. Called by `transfer`.
@NullMarked
package io.openqpr.storage.parquet;

import org.jspecify.annotations.NullMarked;
