package io.openqpr.platform.config;

import io.openqpr.model.Cidr;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the texts of settings mean. Each method throws IllegalArgumentException with what would be
/// right, to stand behind "must be".
final class SettingTexts {

  /// With a scan's path behind it, this fits into a QR code of every error correction.
  private static final int LONGEST_PUBLIC_URL_BYTES = 500;

  private static final int SHORTEST_KEY = 8;

  /// Each has a connection of its own.
  private static final int MOST_READERS = 10_000;

  private SettingTexts() {}

  static @Nullable Integer portOrNone(String text) {
    return text.isEmpty() ? null : port(text);
  }

  static int port(String text) {
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

  static @Nullable String key(String text) {
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

  static @Nullable String publicUrl(String text) {
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

  static int perMinute(String text) {
    return number(text, Integer.MAX_VALUE, "a number of requests a minute, 1 or more");
  }

  static int readers(String text) {
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

  static boolean onOrOff(String text) {
    return switch (text) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new IllegalArgumentException("`on` or `off`");
    };
  }

  static PrivacySignals signals(String text) {
    return switch (text) {
      case "honour" -> PrivacySignals.HONOUR;
      case "ignore" -> PrivacySignals.IGNORE;
      default -> throw new IllegalArgumentException("`honour` or `ignore`");
    };
  }

  static boolean requiredOrNot(String text) {
    return switch (text) {
      case "required" -> true;
      case "optional" -> false;
      default -> throw new IllegalArgumentException("`optional` or `required`");
    };
  }

  static @Nullable DeviceRotation rotation(String text) {
    return switch (text) {
      case "never" -> null;
      case "yearly" -> DeviceRotation.YEARLY;
      case "monthly" -> DeviceRotation.MONTHLY;
      case "daily" -> DeviceRotation.DAILY;
      default -> throw new IllegalArgumentException("`never`, `yearly`, `monthly` or `daily`");
    };
  }

  static @Nullable Path existingFile(String text) {
    if (text.isEmpty()) {
      return null;
    }
    Path file = Path.of(text);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IllegalArgumentException("a file that can be read");
    }
    return file;
  }

  static @Nullable PostgresUrl postgres(String text) {
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

  static List<Cidr> ranges(String text) {
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

  static Ports ports(String text) {
    try {
      return Ports.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "ports from 1 to 65535 and ranges of them, such as 443,8000-8999", e);
    }
  }
}
