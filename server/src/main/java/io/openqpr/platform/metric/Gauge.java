package io.openqpr.platform.metric;

import java.util.List;
import java.util.function.LongSupplier;

/// A number that rises and falls.
///
/// @param value asked from any thread
public record Gauge(String name, List<Label> labels, String help, LongSupplier value)
    implements Metric {

  public Gauge {
    labels = List.copyOf(labels);
  }

  public Gauge(String name, String help, LongSupplier value) {
    this(name, List.of(), help, value);
  }
}
