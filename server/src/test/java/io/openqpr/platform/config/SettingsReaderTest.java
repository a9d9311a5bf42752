package io.openqpr.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.platform.CannotStartException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

  @TempDir Path directory;

  @Test
  void theManualHasEveryKeyWithItsDefault() throws IOException {
    var manual = manual();
    var keys = new TreeSet<>(SettingsReader.KEYS);
    keys.remove(SettingsReader.FILE_KEY);

    assertThat(manual.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(keys);
    var fromManual = new HashMap<String, String>();
    keys.forEach(key -> fromManual.put(key, manual.getProperty(key)));
    assertThat(SettingsReader.read(fromManual)).isEqualTo(SettingsReader.read(Map.of()));
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    String file = file("QPR_PORT = 1111\nQPR_PUBLIC_URL = https://qr.example.com/\n");

    Settings settings = SettingsReader.read(Map.of("QPR_CONFIG", file, "QPR_PORT", "2222"));

    assertThat(settings.port()).isEqualTo(2222);
    assertThat(settings.publicUrlAt(2222)).isEqualTo("https://qr.example.com");
  }

  @Test
  void allMistakesAreToldAtOnce() throws IOException {
    String file = file("QPR_PROT = 1\nQPR_RATE_LIMITS = maybe\nQPR_BROWSER_HEADERS = on\n");

    assertThatThrownBy(() ->
            SettingsReader.read(
                Map.of("QPR_CONFIG", file, "QPR_PORT", "99999", "QPR_STORE", "mysql")))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContainingAll(
            "QPR_PORT must be a port from 0 to 65535; got `99999`",
            "QPR_RATE_LIMITS must be `on` or `off`; got `maybe`",
            "QPR_BROWSER_HEADERS must be `optional` or `required`; got `on`",
            "QPR_STORE",
            "unknown setting QPR_PROT; did you mean `QPR_PORT`?");
  }

  @Test
  void aPublicUrlThatFitsIntoNoQrCodeIsRefusedInOneLine() {
    String longest = "https://qr.example.com/" + "a".repeat(477);
    assertThat(SettingsReader.read(Map.of("QPR_PUBLIC_URL", longest + "/")).publicUrl())
        .isEqualTo(longest);

    // An é is two bytes of a QR code.
    for (String more : new String[] {longest + "a", longest.replaceFirst("a$", "é")}) {
      assertThatThrownBy(() -> SettingsReader.read(Map.of("QPR_PUBLIC_URL", more)))
          .isInstanceOf(CannotStartException.class)
          .hasMessage(
              "QPR_PUBLIC_URL must be at most 500 ASCII characters long, to fit into QR codes;"
                  + " got `"
                  + longest.substring(0, 100)
                  + "…`, "
                  + more.length()
                  + " characters");
    }
  }

  @Test
  void objectionsAreHonouredUnlessTheyAreIgnored() {
    assertThat(SettingsReader.read(Map.of()).visitors().signals()).isEqualTo(PrivacySignals.HONOUR);
    assertThat(SettingsReader.read(Map.of("QPR_PRIVACY_SIGNALS", "ignore")).visitors().signals())
        .isEqualTo(PrivacySignals.IGNORE);
    assertThatThrownBy(() -> SettingsReader.read(Map.of("QPR_PRIVACY_SIGNALS", "on")))
        .isInstanceOf(CannotStartException.class)
        .hasMessage("QPR_PRIVACY_SIGNALS must be `honour` or `ignore`; got `on`");
  }

  @Test
  void aFileThatIsNotThereIsTold() {
    assertThatThrownBy(() -> SettingsReader.read(Map.of("QPR_CONFIG", "/nowhere/at.all")))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("/nowhere/at.all");
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("settings"), text).toString();
  }

  private static Properties manual() throws IOException {
    var manual = new Properties();
    try (var in = SettingsReader.class.getResourceAsStream("/openqpr.properties")) {
      manual.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return manual;
  }

  @Test
  void refusesShortKeysWithoutRepeatingThem() {
    assertThatThrownBy(() ->
            SettingsReader.read(Map.of("QPR_API_KEY", "s3cr3t", "QPR_OPERATOR_KEY", "two words")))
        .hasMessageContaining("QPR_API_KEY must be at least 8 characters long")
        .hasMessageContaining("got 6 characters")
        .hasMessageContaining("QPR_OPERATOR_KEY must be visible ASCII characters")
        .hasMessageNotContainingAny("s3cr3t", "two words");
  }
}
