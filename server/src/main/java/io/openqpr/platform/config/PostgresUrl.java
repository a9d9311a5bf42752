package io.openqpr.platform.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Where a PostgreSQL database is, and who asks it.
///
/// @param jdbcUrl as the driver wants it
/// @param user `null` where the URL's parameters, or the driver's ways, say who
/// @param shown without any password, for messages
public record PostgresUrl(
    String jdbcUrl, @Nullable String user, @Nullable String password, String shown) {

  private static final String JDBC = "jdbc:postgresql:";

  /// @param text `postgresql://user:password@host:port/database?parameters` or a JDBC URL
  /// @throws IllegalArgumentException when it is neither
  public static PostgresUrl parse(String text) {
    if (text.startsWith(JDBC)) {
      return new PostgresUrl(text, null, null, text.replaceAll("(?i)(password=)[^&]*", "$1…"));
    }
    try {
      URI uri = new URI(text);
      boolean postgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
      if (!postgres || uri.getHost() == null || uri.getPath().length() < 2) {
        throw new IllegalArgumentException("no PostgreSQL URL");
      }
      String place =
          uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getRawPath();
      String parameters = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      String[] who =
          uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
      return new PostgresUrl(
          JDBC + "//" + place + parameters,
          who.length > 0 ? decoded(who[0]) : null,
          who.length > 1 ? decoded(who[1]) : null,
          "postgresql://" + place);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// Without the password.
  @Override
  public String toString() {
    return shown;
  }
}
