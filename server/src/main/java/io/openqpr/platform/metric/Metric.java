package io.openqpr.platform.metric;

import java.util.List;

/// What a room measures. It is a plain value that the room keeps and hands out; who exposes it asks
/// for its numbers when somebody reads them.
public sealed interface Metric permits Counter, Gauge, GaugeFamily, Durations {

  /// In the style of Prometheus; metrics of one name stand together.
  String name();

  /// Tell metrics of one name apart, by the same keys in the same order.
  List<Label> labels();

  /// One sentence, the same for all of one name.
  String help();
}
