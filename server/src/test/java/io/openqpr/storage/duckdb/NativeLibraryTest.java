package io.openqpr.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.disk.Disk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

  @TempDir Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void theLibraryHasNoNameAnyMoreOnceItIsLoaded() throws Exception {
    var options = new DuckDbOptions(1, 1, 16, Duration.ofSeconds(30), 256L << 20, 1);
    DuckDb.open(Disk.ofMachine(), directory.resolve("test.duckdb"), options).close();

    byte[] maps = Disk.ofMachine().read(Path.of("/proc/self/maps"));
    assertThat(new String(maps, StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.contains("libduckdb_java"))
        .isNotEmpty()
        .allMatch(line -> line.endsWith("(deleted)"));
  }
}
