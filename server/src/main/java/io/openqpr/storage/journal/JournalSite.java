package io.openqpr.storage.journal;

import io.openqpr.platform.disk.Disk;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Where a journal is, and what it takes from the world; tests have a world of their own.
///
/// @param directory of the journal's files
/// @param random by which starts and files are told apart
/// @param nanos time that only goes forward, as [System#nanoTime]
public record JournalSite(Disk disk, Path directory, RandomGenerator random, LongSupplier nanos) {

  public static JournalSite of(Disk disk, Path directory, RandomGenerator random) {
    return new JournalSite(disk, directory, random, System::nanoTime);
  }

  /// A name for a journal that has none, or has lost it.
  public String newName() {
    return "journal_%016x".formatted(random.nextLong());
  }

  String token() {
    return "%016x%016x".formatted(random.nextLong(), random.nextLong());
  }
}
