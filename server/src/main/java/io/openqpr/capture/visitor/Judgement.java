package io.openqpr.capture.visitor;

import io.openqpr.capture.agent.Agent;
import io.openqpr.model.IgnoreReason;
import org.jspecify.annotations.Nullable;

/// Whether a person scanned.
public sealed interface Judgement {

  /// What the user agent said, in either case.
  Agent agent();

  /// Counts as a scan.
  record Person(Agent agent) implements Judgement {}

  /// Is no scan.
  ///
  /// @param bot its name, where a list knows it; also when something else gave it away
  record NoPerson(IgnoreReason reason, @Nullable String bot, Agent agent) implements Judgement {}
}
