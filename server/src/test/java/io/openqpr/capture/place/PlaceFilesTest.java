package io.openqpr.capture.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.MmdbFile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Databases that change while the server runs.
class PlaceFilesTest {

  private static final Logger LOG = Logger.getLogger(PlaceFiles.class.getName());

  @TempDir Path directory;
  private final List<String> told = new ArrayList<>();
  private final Handler ears =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          told.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private Path file;
  private PlaceFiles files;
  private long second;

  @BeforeEach
  void openTheFirst() throws IOException {
    LOG.setUseParentHandlers(false);
    LOG.addHandler(ears);
    file = directory.resolve("city.mmdb");
    put(of("DE"));
    files = new PlaceFiles(file, directory.resolve("tmp"));
    files.openAll();
  }

  @AfterEach
  void listenNoMore() {
    LOG.removeHandler(ears);
    LOG.setUseParentHandlers(true);
  }

  @Test
  void aNewFileIsUsedWithoutARestart() throws IOException {
    assertThat(country()).isEqualTo("DE");

    put(of("FR"));
    look(2);

    assertThat(country()).isEqualTo("FR");
    assertThat(told).hasSize(1);
  }

  @Test
  void aFileThatIsStillBeingWrittenIsLeftAlone() throws IOException {
    put(of("FR"));
    look(1);
    put(of("IT"));
    look(1);
    assertThat(country()).isEqualTo("DE");

    look(1);
    assertThat(country()).isEqualTo("IT");
  }

  @Test
  void aBrokenNewFileIsToldOnceAndTheOldOneStays() throws IOException {
    put("eggs, milk".getBytes());
    look(5);

    assertThat(country()).isEqualTo("DE");
    assertThat(told)
        .singleElement()
        .asString()
        .contains("cannot be used: it is no MMDB file")
        .contains("the one before stays in use");

    put(of("FR"));
    look(2);
    assertThat(country()).isEqualTo("FR");
  }

  @Test
  void anOldDatabaseOutlivesItsFile() throws IOException {
    Files.delete(file);
    look(3);
    assertThat(country()).isEqualTo("DE");

    put(of("FR"));
    look(2);
    assertThat(country()).isEqualTo("FR");
  }

  @Test
  void aFileThatComesLaterIsFound() throws IOException {
    Path folder = directory.resolve("geo");
    files = new PlaceFiles(folder, directory.resolve("tmp"));
    files.openAll();
    look(2);
    assertThat(files.opened()).isEmpty();

    Files.createDirectory(folder);
    Files.writeString(folder.resolve("README.txt"), "no database");
    file = folder.resolve("city.mmdb");
    put(of("FR"));
    look(2);

    assertThat(country()).isEqualTo("FR");
  }

  private static byte[] of(String country) {
    return new MmdbFile(4, "test").with("192.0.2.0/24", Map.of("country_code", country)).bytes();
  }

  /// Overwrites it in place, the careless way, a second later than the last time.
  private void put(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_800_000_000 + second++)));
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      files.refresh();
    }
  }

  private String country() throws IOException {
    return files.opened().getFirst().placeOf(InetAddress.ofLiteral("192.0.2.7")).country();
  }
}
