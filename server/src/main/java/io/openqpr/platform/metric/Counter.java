package io.openqpr.platform.metric;

import java.util.List;
import java.util.function.LongSupplier;

/// A number that only grows while the server runs, as a room counts it.
///
/// @param name ends with `_total`
/// @param value asked from any thread
public record Counter(String name, List<Label> labels, String help, LongSupplier value)
    implements Metric {

  public Counter {
    labels = List.copyOf(labels);
  }

  public Counter(String name, String help, LongSupplier value) {
    this(name, List.of(), help, value);
  }

  /// @param label such as `lane="reader"`
  public Counter(String name, String label, String help, LongSupplier value) {
    this(name, List.of(parsed(label)), help, value);
  }

  private static Label parsed(String label) {
    int equals = label.indexOf('=');
    return new Label(label.substring(0, equals), label.substring(equals + 2, label.length() - 1));
  }
}
