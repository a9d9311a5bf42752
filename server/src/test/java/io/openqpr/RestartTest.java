package io.openqpr;

import static io.openqpr.UserAgents.IPHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.model.ApiKey;
import io.openqpr.platform.config.Settings;
import io.openqpr.platform.config.VisitorSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a server that is started a second time finds again.
class RestartTest {

  @TempDir Path directory;

  @Test
  void aRestartKeepsEverything() {
    JsonNode code;
    try (var server = TestServer.in(directory)) {
      code = server.createCode("n");
      server.scan(code, "User-Agent", IPHONE);
    }
    try (var server = TestServer.in(directory)) {
      server.scan(code, "User-Agent", IPHONE);

      JsonNode analytics =
          server.json("/v1/qpr-codes/" + code.get("id").stringValue() + "/analytics");
      assertThat(analytics.get("scans_total").intValue()).isEqualTo(2);
      assertThat(analytics.get("scans_unique_devices").intValue()).isEqualTo(1);
    }
  }

  @Test
  void theFirstStartWithoutAKeyMakesOneAndTheSecondDoesNot() {
    Settings settings = withKey(null);
    try (App app = App.start(settings)) {
      assertThat(app.newKey().orElseThrow()).startsWith("3qpr_sk_live_");
    }
    try (App app = App.start(settings)) {
      assertThat(app.newKey()).isEmpty();
    }
  }

  @Test
  void aKeyThatCouldNotBeShownIsNotKept() {
    Settings settings = withKey(null);
    Consumer<String> killed =
        key -> {
          throw new IllegalStateException("killed");
        };
    assertThatThrownBy(() -> App.start(settings, killed)).hasMessage("killed");

    var shown = new ArrayList<String>();
    try (App app = App.start(settings, shown::add)) {
      assertThat(app.newKey()).contains(shown.getFirst());
    }
  }

  @Test
  void theKeyOfTheSettingsTakesThePlaceOfTheOneBefore() {
    App.start(withKey("the-first-choice")).close();
    App.start(withKey("the-second-choice")).close();

    try (App app = App.start(withKey("the-second-choice"))) {
      var accounts = app.ground().store().accounts();
      assertThat(accounts.keys(app.firstAccount()))
          .extracting(ApiKey::revoked)
          .containsExactlyInAnyOrder(false, true);
    }
  }

  private Settings withKey(@Nullable String key) {
    return new Settings(
        0,
        null,
        directory,
        key,
        null,
        null,
        List.of(),
        null,
        TestServer.EVENT_READERS,
        TestStores.postgresOf(directory),
        null,
        VisitorSettings.DEFAULT,
        TestServer.WEBHOOKS);
  }
}
