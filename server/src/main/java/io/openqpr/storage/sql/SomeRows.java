package io.openqpr.storage.sql;

import java.util.List;
import org.jooq.Record;

/// Rows of a page.
///
/// @param cut whether there would be more of them, had they not become too many bytes
public record SomeRows(List<? extends Record> rows, boolean cut) {}
