package io.openqpr.storage.duckdb;

import io.openqpr.platform.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// DuckDB's driver unpacks its library of 70 MB into the system's folder for temporary files at
/// each start, and leaves it there when the process is killed. Once loaded, nobody needs its name.
final class NativeLibrary {

  private static final String NAME = "libduckdb_java";

  /// Where Linux tells which files are in this process' memory. Elsewhere the driver's own way has
  /// to do: it deletes the file when the process ends by itself.
  private static final Path MAPPED = Path.of("/proc/self/maps");

  private NativeLibrary() {}

  /// To be called when it is loaded.
  static void removeFromFolder(Disk disk) {
    if (!disk.exists(MAPPED)) {
      return;
    }
    try {
      new String(disk.read(MAPPED), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.contains(NAME) && line.endsWith(".so"))
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          .distinct()
          .filter(NativeLibrary::isUnpacked)
          .forEach(disk::deleteQuietly);
    } catch (IOException e) {
      // it takes room, and does no harm
    }
  }

  /// Not one that somebody installed.
  private static boolean isUnpacked(Path library) {
    return library.startsWith(Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
  }
}
