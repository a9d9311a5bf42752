package io.openqpr.storage.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Scans by the values of facets, so that rows, what is unknown and the others add up to all.
///
/// @param rows of the page, in its order; values of several facets may be absent, not all of them
/// @param more whether there are rows behind the page
/// @param unknown scans of which none of the facets is known
/// @param other scans that are known and in no row of the page
/// @param codes ids of the codes in the rows, by number
public record Breakdown(
    List<Row> rows, boolean more, Counts unknown, Counts other, Map<String, String> codes) {

  /// @param values one for each facet, a code's as its number; `null` where it is not known
  /// @param measure what the rows are sorted by; of a rate, how often in a thousand million
  public record Row(List<@Nullable String> values, Counts counts, long measure) {}
}
