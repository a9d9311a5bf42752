package io.openqpr.platform.config;

import io.openqpr.model.Cidr;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.Near;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
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

  /// Each has a connection of its own.
  private static final int MOST_READERS = 10_000;

  /// With a scan's path behind it, this fits into a QR code of every error correction.
  private static final int LONGEST_PUBLIC_URL_BYTES = 500;

  private static final int SHORTEST_KEY = 8;

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
            take("QPR_PORT", "8080", SettingsReader::port),
            take("QPR_METRICS_PORT", NOTHING, SettingsReader::portOrNone),
            take("QPR_DATA_DIR", "./data", Path::of),
            take("QPR_API_KEY", NOTHING, SettingsReader::key),
            take("QPR_OPERATOR_KEY", NOTHING, SettingsReader::key),
            take("QPR_PUBLIC_URL", NOTHING, SettingsReader::publicUrl),
            take("QPR_TRUSTED_PROXIES", NOTHING, SettingsReader::ranges),
            rateLimits(),
            take("QPR_EVENT_READERS", "1000", SettingsReader::readers),
            take("QPR_STORE", "duckdb", SettingsReader::postgres),
            take("QPR_GEO_DATABASE", NOTHING, SettingsReader::existingFile),
            new VisitorSettings(
                take("QPR_DATA_CENTERS", NOTHING, SettingsReader::existingFile),
                take("QPR_BROWSER_HEADERS", "optional", SettingsReader::requiredOrNot),
                new DeviceSettings(
                    take("QPR_DEVICE_ROTATION", "never", SettingsReader::rotation),
                    take("QPR_DEVICE_COOKIE", "off", SettingsReader::onOrOff)),
                take("QPR_PRIVACY_SIGNALS", "honour", SettingsReader::signals)),
            new WebhookSettings(
                take("QPR_WEBHOOK_NETWORKS", NOTHING, SettingsReader::ranges),
                take("QPR_WEBHOOK_PORTS", WebhookSettings.DEFAULT_PORTS, SettingsReader::ports)));
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
    boolean on = take("QPR_RATE_LIMITS", "on", SettingsReader::onOrOff);
    var limits =
        new RateLimitSettings(
            take("QPR_RATE_LIMIT_CREATE_CODES", "60", SettingsReader::perMinute),
            take("QPR_RATE_LIMIT_LIST_SCANS", "120", SettingsReader::perMinute),
            take("QPR_RATE_LIMIT_ANALYTICS", "30", SettingsReader::perMinute),
            take("QPR_RATE_LIMIT_OTHER", "100", SettingsReader::perMinute));
    return on ? limits : null;
  }

  /// The parsers throw IllegalArgumentException with what would be right. After a mistake the
  /// default stands in, so that the rest is read too; the settings are then never used.
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

  private static @Nullable Integer portOrNone(String text) {
    return text.isEmpty() ? null : port(text);
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException("a port from 0 to 65535");
  }

  private static @Nullable String key(String text) {
    if (!text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IllegalArgumentException("visible ASCII characters without spaces");
    }
    if (!text.isEmpty() && text.length() < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "at least %d characters long, since whoever guesses it reads everything"
              .formatted(SHORTEST_KEY));
    }
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String publicUrl(String text) {
    if (text.isEmpty()) {
      return null;
    }
    String url = text.replaceFirst("/+$", "");
    if (url.getBytes(StandardCharsets.UTF_8).length > LONGEST_PUBLIC_URL_BYTES) {
      throw new IllegalArgumentException(
          "at most %d ASCII characters long, to fit into QR codes"
              .formatted(LONGEST_PUBLIC_URL_BYTES));
    }
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new IllegalArgumentException("an http or https URL such as https://qr.example.com");
  }

  private static int perMinute(String text) {
    return number(text, Integer.MAX_VALUE, "a number of requests a minute, 1 or more");
  }

  private static int readers(String text) {
    return number(text, MOST_READERS, "a number of readers from 1 to " + MOST_READERS);
  }

  private static int number(String text, int most, String right) {
    try {
      int number = Integer.parseInt(text);
      if (number > 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException(right);
  }

  private static boolean onOrOff(String text) {
    return switch (text) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new IllegalArgumentException("`on` or `off`");
    };
  }

  private static PrivacySignals signals(String text) {
    return switch (text) {
      case "honour" -> PrivacySignals.HONOUR;
      case "ignore" -> PrivacySignals.IGNORE;
      default -> throw new IllegalArgumentException("`honour` or `ignore`");
    };
  }

  private static boolean requiredOrNot(String text) {
    return switch (text) {
      case "required" -> true;
      case "optional" -> false;
      default -> throw new IllegalArgumentException("`optional` or `required`");
    };
  }

  private static @Nullable DeviceRotation rotation(String text) {
    return switch (text) {
      case "never" -> null;
      case "yearly" -> DeviceRotation.YEARLY;
      case "monthly" -> DeviceRotation.MONTHLY;
      case "daily" -> DeviceRotation.DAILY;
      default -> throw new IllegalArgumentException("`never`, `yearly`, `monthly` or `daily`");
    };
  }

  private static @Nullable Path existingFile(String text) {
    if (text.isEmpty()) {
      return null;
    }
    Path file = Path.of(text);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IllegalArgumentException("a file that can be read");
    }
    return file;
  }

  private static @Nullable PostgresUrl postgres(String text) {
    if (text.equals("duckdb")) {
      return null;
    }
    try {
      return PostgresUrl.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "`duckdb` or a URL such as postgresql://user:password@host:5432/openqpr", e);
    }
  }

  private static List<Cidr> ranges(String text) {
    var ranges = new ArrayList<Cidr>();
    for (String range : text.split("[,\\s]+")) {
      if (!range.isEmpty()) {
        try {
          ranges.add(Cidr.parse(range));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "address ranges such as 10.0.0.0/8,fd00::/8 (`" + range + "` is none)", e);
        }
      }
    }
    return ranges;
  }

  private static Ports ports(String text) {
    try {
      return Ports.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "ports from 1 to 65535 and ranges of them, such as 443,8000-8999", e);
    }
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
