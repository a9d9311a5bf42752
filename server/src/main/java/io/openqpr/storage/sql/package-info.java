/// The SQL that DuckDB and PostgreSQL share: tables, their migrations, and every question that one
/// statement can ask of both. Called by the engines only.
@NullMarked
package io.openqpr.storage.sql;

import org.jspecify.annotations.NullMarked;
