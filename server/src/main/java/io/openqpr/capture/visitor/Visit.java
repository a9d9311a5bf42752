package io.openqpr.capture.visitor;

import io.openqpr.model.IgnoreReason;
import org.jspecify.annotations.Nullable;

/// A request for a code's scan URL, judged.
public sealed interface Visit {

  /// Who it was, as far as is kept; in either case.
  Visitor visitor();

  /// Somebody scanned.
  record Scanned(Visitor visitor) implements Visit {}

  /// Nobody did, or somebody whom the account told to ignore.
  ///
  /// @param bot its name, where a list knows it
  record Ignored(Visitor visitor, IgnoreReason reason, @Nullable String bot) implements Visit {}
}
