package io.openqpr.capture.visitor;

import io.openqpr.model.HostName;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The host of the page, or the name of the Android app, whose link was followed. The rest of its
/// address is forgotten: it may say who followed the link.
final class Referrer {

  private static final Set<String> SCHEMES = Set.of("http", "https", "android-app");

  private Referrer() {}

  /// @param referer as the header has it
  /// @param ownHost this server's; its pages lead nobody here
  /// @return `null` where it names no other host
  static @Nullable String hostOf(String referer, @Nullable String ownHost) {
    int colon = referer.indexOf("://");
    if (colon < 0 || !SCHEMES.contains(referer.substring(0, colon).toLowerCase(Locale.ROOT))) {
      return null;
    }
    String host = HostName.normalised(withoutPort(authority(referer, colon + "://".length())));
    return host == null || host.equals(ownHost) ? null : host;
  }

  /// Without the user before an `@`.
  private static String authority(String url, int start) {
    int end = start;
    while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String authority = url.substring(start, end);
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  private static String withoutPort(String authority) {
    int colon = authority.indexOf(':');
    return colon < 0 ? authority : authority.substring(0, colon);
  }
}
