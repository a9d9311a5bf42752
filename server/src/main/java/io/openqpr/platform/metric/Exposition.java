package io.openqpr.platform.metric;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Metrics as Prometheus reads them, those of the JVM and the process among them. The only place
/// that knows the library; nothing of it is loaded before the first reading, so that it costs no
/// start any time.
public final class Exposition {

  public static final String MEDIA_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private final PrometheusRegistry ofProcess = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  public Exposition() {
    JvmMemoryMetrics.builder().register(ofProcess);
    JvmBufferPoolMetrics.builder().register(ofProcess);
    JvmGarbageCollectorMetrics.builder().register(ofProcess);
    JvmThreadsMetrics.builder().register(ofProcess);
    JvmRuntimeInfoMetric.builder().register(ofProcess);
    ProcessMetrics.builder().register(ofProcess);
  }

  /// The numbers of now, by name.
  ///
  /// @throws IllegalArgumentException for names or labels that Prometheus does not take
  public byte[] text(List<? extends Metric> metrics) {
    var byName = new LinkedHashMap<String, List<Metric>>();
    metrics.forEach(
        metric -> byName.computeIfAbsent(metric.name(), _ -> new ArrayList<>()).add(metric));
    var all = new ArrayList<MetricSnapshot>();
    ofProcess.scrape().forEach(all::add);
    byName.values().forEach(ofOneName -> all.add(snapshot(ofOneName)));
    var out = new ByteArrayOutputStream();
    try {
      writer.write(out, new MetricSnapshots(all), EscapingScheme.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static MetricSnapshot snapshot(List<Metric> ofOneName) {
    return switch (ofOneName.getFirst()) {
      case Counter first -> {
        var counters = CounterSnapshot.builder().name(base(first.name())).help(first.help());
        ofOneName.forEach(metric -> counters.dataPoint(point((Counter) metric)));
        yield counters.build();
      }
      case Gauge first -> {
        var gauges = GaugeSnapshot.builder().name(first.name()).help(first.help());
        ofOneName.forEach(metric -> gauges.dataPoint(point((Gauge) metric)));
        yield gauges.build();
      }
      case GaugeFamily first -> {
        var gauges = GaugeSnapshot.builder().name(first.name()).help(first.help());
        first
            .values()
            .get()
            .forEach((value, number) -> gauges.dataPoint(point(first, value, number)));
        yield gauges.build();
      }
      case Durations first -> {
        var histograms = HistogramSnapshot.builder().name(first.name()).help(first.help());
        ofOneName.forEach(metric -> histograms.dataPoint(point((Durations) metric)));
        yield histograms.build();
      }
    };
  }

  /// The library puts the end of a counter's name back by itself.
  private static String base(String name) {
    return name.substring(0, name.length() - "_total".length());
  }

  private static CounterSnapshot.CounterDataPointSnapshot point(Counter counter) {
    return CounterSnapshot.CounterDataPointSnapshot.builder()
        .labels(labels(counter))
        .value(counter.value().getAsLong())
        .build();
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot point(Gauge gauge) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder()
        .labels(labels(gauge))
        .value(gauge.value().getAsLong())
        .build();
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot point(
      GaugeFamily family, String value, long number) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder()
        .labels(Labels.of(family.label(), value))
        .value(number)
        .build();
  }

  private static HistogramSnapshot.HistogramDataPointSnapshot point(Durations durations) {
    return HistogramSnapshot.HistogramDataPointSnapshot.builder()
        .labels(labels(durations))
        .classicHistogramBuckets(
            ClassicHistogramBuckets.of(durations.upperSeconds(), durations.counts()))
        .sum(durations.sumSeconds())
        .build();
  }

  private static Labels labels(Metric metric) {
    var labels = Labels.builder();
    metric.labels().forEach(label -> labels.label(label.key(), label.value()));
    return labels.build();
  }
}
