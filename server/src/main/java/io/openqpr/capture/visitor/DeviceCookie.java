package io.openqpr.capture.visitor;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The cookie by which a device is known where the operator switches it on: 128 random bits that
/// mean nothing. Nothing else but scan URLs gets it to see, and no script does.
///
/// @param value 22 characters
record DeviceCookie(String value) {

  /// Nobody's browser keeps one for longer than 400 days.
  static final Duration MAX_AGE = Duration.ofDays(365);

  private static final String NAME = "qpr_device=";
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{22}");
  private static final int BYTES = 16;

  /// What the browser sent in its `Cookie` headers; `null` where that is nothing of ours.
  static @Nullable DeviceCookie in(List<String> headers) {
    for (String header : headers) {
      for (String pair : header.split(";")) {
        String cookie = pair.strip();
        if (cookie.startsWith(NAME)) {
          String value = cookie.substring(NAME.length());
          return VALUE.matcher(value).matches() ? new DeviceCookie(value) : null;
        }
      }
    }
    return null;
  }

  static DeviceCookie fresh(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new DeviceCookie(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// For `Set-Cookie`.
  ///
  /// @param path below which it is sent back
  String header(String path) {
    return NAME
        + value
        + "; Max-Age="
        + MAX_AGE.toSeconds()
        + "; Path="
        + path
        + "; Secure; HttpOnly; SameSite=Lax";
  }
}
