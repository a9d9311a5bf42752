package io.openqpr.model;

import org.jspecify.annotations.Nullable;

/// A request for a code's scan URL that was taken for no person scanning. It is kept so that what
/// was filtered can be seen, and counted after all where the judgement was wrong.
///
/// @param asScan the scan that it would be
/// @param bot its name from the lists, such as `WhatsApp`, where they know one; never a text of the
///   client's
public record IgnoredHit(Scan asScan, IgnoreReason reason, @Nullable String bot) {

  public HitId id() {
    return HitId.of(asScan.id());
  }
}
