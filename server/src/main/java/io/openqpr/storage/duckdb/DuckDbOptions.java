package io.openqpr.storage.duckdb;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// The engine's limits.
///
/// @param readers questions answered at the same time
/// @param slowReaders exports that are read for at the same time
/// @param waiting questions, and as many changes, that may wait for their turn; beyond, BUSY
/// @param patience how long one may wait for its turn, and then how long a statement may run;
///   beyond, BUSY
/// @param memoryBytes that DuckDB may use; it takes what it needs
/// @param threads that share the work of one question
public record DuckDbOptions(
    int readers, int slowReaders, int waiting, Duration patience, long memoryBytes, int threads) {

  private static final long LEAST_MEMORY = 256L << 20;
  private static final long MOST_MEMORY = 4L << 30;

  /// For this machine (or container): a quarter of its memory, from 256 MiB to 4 GiB, and all of
  /// its processors.
  public static DuckDbOptions defaults() {
    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long quarter = machine.getTotalMemorySize() / 4;
    return new DuckDbOptions(
        4,
        2,
        256,
        Duration.ofSeconds(30),
        Math.clamp(quarter, LEAST_MEMORY, MOST_MEMORY),
        machine.getAvailableProcessors());
  }
}
