package io.openqpr.platform.config;

import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.Near;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the settings from the environment and a file of the same keys; the environment wins. All
/// mistakes are told together, unknown keys with the key that was probably meant.
public final class SettingsReader {

  static final String PREFIX = "QPR_";

  /// Names the settings file; without it `openqpr.properties` in the working directory is read if
  /// it is there.
  static final String FILE_KEY = "QPR_CONFIG";

  private static final Path DEFAULT_FILE = Path.of("openqpr.properties");

  static final List<String> KEYS =
      List.of(
          FILE_KEY,
          "QPR_PORT",
          "QPR_METRICS_PORT",
          "QPR_DATA_DIR",
          "QPR_API_KEY",
          "QPR_OPERATOR_KEY",
          "QPR_PUBLIC_URL",
          "QPR_TRUSTED_PROXIES",
          "QPR_RATE_LIMITS",
          "QPR_RATE_LIMIT_CREATE_CODES",
          "QPR_RATE_LIMIT_LIST_SCANS",
          "QPR_RATE_LIMIT_ANALYTICS",
          "QPR_RATE_LIMIT_OTHER",
          "QPR_EVENT_READERS",
          "QPR_STORE",
          "QPR_GEO_DATABASE",
          "QPR_DATA_CENTERS",
          "QPR_BROWSER_HEADERS",
          "QPR_DEVICE_ROTATION",
          "QPR_DEVICE_COOKIE",
          "QPR_PRIVACY_SIGNALS",
          "QPR_WEBHOOK_NETWORKS",
          "QPR_WEBHOOK_PORTS");

  private static final String NOTHING = "";

  /// What came for these is not repeated: starts are logged.
  private static final Set<String> SECRETS = Set.of("QPR_API_KEY", "QPR_OPERATOR_KEY", "QPR_STORE");

  /// What came is repeated up to here.
  private static final int LONGEST_SHOWN = 100;

  private final Map<String, String> values;
  private final List<String> mistakes = new ArrayList<>();

  private SettingsReader(Map<String, String> values) {
    this.values = values;
  }

  /// @throws CannotStartException with every mistake found
  public static Settings read(Map<String, String> environment) {
    var values = new TreeMap<String, String>(file(environment));
    environment.forEach((key, value) -> {
      // The environment is shared with other programs: a strange key there is only taken for
      // a mistake when it looks like one of ours.
      if (key.startsWith(PREFIX) && (KEYS.contains(key) || !Near.hint(key, KEYS).isEmpty())) {
        values.put(key, value);
      }
    });
    return new SettingsReader(values).settings();
  }

  private Settings settings() {
    var settings =
        new Settings(
            take("QPR_PORT", "8080", SettingTexts::port),
            take("QPR_METRICS_PORT", NOTHING, SettingTexts::portOrNone),
            take("QPR_DATA_DIR", "./data", Path::of),
            take("QPR_API_KEY", NOTHING, SettingTexts::key),
            take("QPR_OPERATOR_KEY", NOTHING, SettingTexts::key),
            take("QPR_PUBLIC_URL", NOTHING, SettingTexts::publicUrl),
            take("QPR_TRUSTED_PROXIES", NOTHING, SettingTexts::ranges),
            rateLimits(),
            take("QPR_EVENT_READERS", "1000", SettingTexts::readers),
            take("QPR_STORE", "duckdb", SettingTexts::postgres),
            take("QPR_GEO_DATABASE", NOTHING, SettingTexts::existingFile),
            new VisitorSettings(
                take("QPR_DATA_CENTERS", NOTHING, SettingTexts::existingFile),
                take("QPR_BROWSER_HEADERS", "optional", SettingTexts::requiredOrNot),
                new DeviceSettings(
                    take("QPR_DEVICE_ROTATION", "never", SettingTexts::rotation),
                    take("QPR_DEVICE_COOKIE", "off", SettingTexts::onOrOff)),
                take("QPR_PRIVACY_SIGNALS", "honour", SettingTexts::signals)),
            new WebhookSettings(
                take("QPR_WEBHOOK_NETWORKS", NOTHING, SettingTexts::ranges),
                take("QPR_WEBHOOK_PORTS", WebhookSettings.DEFAULT_PORTS, SettingTexts::ports)));
    for (String key : values.keySet()) {
      if (!KEYS.contains(key)) {
        mistakes.add("unknown setting " + key + Near.hint(key, KEYS));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new CannotStartException(String.join("; ", mistakes));
    }
    return settings;
  }

  private @Nullable RateLimitSettings rateLimits() {
    boolean on = take("QPR_RATE_LIMITS", "on", SettingTexts::onOrOff);
    var limits =
        new RateLimitSettings(
            take("QPR_RATE_LIMIT_CREATE_CODES", "60", SettingTexts::perMinute),
            take("QPR_RATE_LIMIT_LIST_SCANS", "120", SettingTexts::perMinute),
            take("QPR_RATE_LIMIT_ANALYTICS", "30", SettingTexts::perMinute),
            take("QPR_RATE_LIMIT_OTHER", "100", SettingTexts::perMinute));
    return on ? limits : null;
  }

  /// The parsers are those of [SettingTexts]. After a mistake the default stands in, so that the
  /// rest is read too; the settings are then never used.
  private <T extends @Nullable Object> T take(
      String key, String fallback, Function<String, T> parser) {
    String text = values.getOrDefault(key, fallback).strip();
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      String came = SECRETS.contains(key) ? characters(text) : shown(text);
      mistakes.add(key + " must be " + e.getMessage() + "; got " + came);
      return parser.apply(fallback);
    }
  }

  private static String shown(String text) {
    return text.length() <= LONGEST_SHOWN
        ? "`" + text + "`"
        : "`%s…`, %s".formatted(text.substring(0, LONGEST_SHOWN), characters(text));
  }

  private static String characters(String text) {
    return text.length() == 1 ? "1 character" : text.length() + " characters";
  }

  private static Map<String, String> file(Map<String, String> environment) {
    String named = environment.get(FILE_KEY);
    Path file = named == null ? DEFAULT_FILE : Path.of(named);
    if (named == null && Files.notExists(file)) {
      return Map.of();
    }
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotStartException("the settings file " + file + " cannot be read: " + e);
    }
    var values = new HashMap<String, String>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }
}
