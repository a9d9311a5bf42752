package io.openqpr.storage.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What to count: the scans of an account, or of one of its codes, with `from <= scanned_at <
/// until`.
///
/// @param code the code's number; `null` for the whole account, which adds [Tally#codes]
/// @param visit only scans of such visits
public record TallyQuestion(
    int account,
    @Nullable Integer code,
    Instant from,
    Instant until,
    Slicing slicing,
    VisitFilter visit) {

  /// Before all scans, and behind all: a question from one to the other leaves none out.
  public static final Instant BEGINNING = Instant.ofEpochMilli(-(1L << 57));

  public static final Instant END = Instant.ofEpochMilli(1L << 57);

  /// What is counted.
  public ScanRange scans() {
    return new ScanRange(account, code, from, until, visit);
  }

  /// Of whatever visits.
  public TallyQuestion(
      int account, @Nullable Integer code, Instant from, Instant until, Slicing slicing) {
    this(account, code, from, until, slicing, VisitFilter.ANY);
  }
}
