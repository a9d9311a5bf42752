package io.openqpr.platform.metric;

import java.util.function.LongSupplier;

/// A number that only grows while the server runs, as a room counts it.
///
/// @param name in the style of Prometheus; counters of one name stand together
/// @param label such as `lane="reader"`, which tells counters of one name apart; or empty
/// @param help one sentence, the same for all of one name
/// @param value asked from any thread
public record Counter(String name, String label, String help, LongSupplier value) {

  public Counter(String name, String help, LongSupplier value) {
    this(name, "", help, value);
  }
}
