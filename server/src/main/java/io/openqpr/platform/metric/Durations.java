package io.openqpr.platform.metric;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// How long something took, each time, sorted into buckets. Taking one down costs two additions and
/// no memory, from any thread; where nobody reads them, the metrics library is not even loaded.
public final class Durations implements Metric {

  private static final double NANOS = 1e9;

  private final String name;
  private final List<Label> labels;
  private final String help;
  private final double[] upperSeconds;
  private final long[] upperNanos;
  private final LongAdder[] counts;
  private final LongAdder nanos = new LongAdder();

  /// @param name ends with `_seconds`
  /// @param upperSeconds upper ends of the buckets, each in it, rising; what takes longer than all
  ///   is counted too
  public Durations(String name, List<Label> labels, String help, double... upperSeconds) {
    this.name = name;
    this.labels = List.copyOf(labels);
    this.help = help;
    this.upperSeconds = upperSeconds.clone();
    this.upperNanos = Arrays.stream(upperSeconds).mapToLong(s -> Math.round(s * NANOS)).toArray();
    this.counts =
        Stream.generate(LongAdder::new).limit(upperSeconds.length + 1L).toArray(LongAdder[]::new);
  }

  public Durations(String name, String help, double... upperSeconds) {
    this(name, List.of(), help, upperSeconds);
  }

  /// @param beganNanos by `System.nanoTime`
  public void since(long beganNanos) {
    took(System.nanoTime() - beganNanos);
  }

  void took(long duration) {
    int bucket = 0;
    while (bucket < upperNanos.length && duration > upperNanos[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    nanos.add(duration);
  }

  /// Whether nothing was taken down yet.
  public boolean isEmpty() {
    return Arrays.stream(counts).allMatch(count -> count.sum() == 0);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Label> labels() {
    return labels;
  }

  @Override
  public String help() {
    return help;
  }

  /// The last one is endless.
  double[] upperSeconds() {
    double[] all = Arrays.copyOf(upperSeconds, counts.length);
    all[upperSeconds.length] = Double.POSITIVE_INFINITY;
    return all;
  }

  /// In each bucket by itself, not in those below it too.
  long[] counts() {
    return Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
  }

  double sumSeconds() {
    return nanos.sum() / NANOS;
  }
}
