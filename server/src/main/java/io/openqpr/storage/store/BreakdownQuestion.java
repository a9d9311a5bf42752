package io.openqpr.storage.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How scans are distributed over the values of one facet, or over those of two together.
///
/// @param by one or two
/// @param sort most first; ties by the values, in the order of code points or numbers, absent last
/// @param limit how many rows at the most
/// @param behind the row behind which the page begins; `null` for the first page
public record BreakdownQuestion(
    ScanRange scans, List<Facet> by, Sort sort, int limit, @Nullable Behind behind) {

  /// Shown by lower-case name.
  public enum Sort {
    SCANS,
    SCANS_UNIQUE_DEVICES,
    CONVERSATIONS,
    CONVERSATION_RATE,
    MESSAGES
  }

  /// A row that was seen, whether or not it is still there.
  ///
  /// @param measure what it was sorted by, as [Breakdown.Row#measure] told
  /// @param values as [Breakdown.Row#values]
  public record Behind(long measure, List<@Nullable String> values) {}

  public BreakdownQuestion {
    by = List.copyOf(by);
  }
}
