package io.openqpr.platform.metric;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Numbers that rise and fall, of things that come and go: which there are is asked when somebody
/// reads them.
///
/// @param label by which they are told apart
/// @param values by the label's value, a bounded number of them; asked from any thread
public record GaugeFamily(
    String name, String label, String help, Supplier<Map<String, Long>> values) implements Metric {

  @Override
  public List<Label> labels() {
    return List.of();
  }
}
