package io.openqpr.capture.visitor;

import io.openqpr.web.http.Request;
import java.net.URI;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// Recognises devices: by a cookie where the operator switched that on, else by what is seen of
/// them.
public final class Recognition {

  private final DeviceKeys keys;
  private final @Nullable SecureRandom cookies;
  private final String cookiePath;

  /// @param cookies makes them; `null` where they are switched off
  /// @param publicUrl below which the scan URLs are
  public Recognition(DeviceKeys keys, @Nullable SecureRandom cookies, String publicUrl) {
    this.keys = keys;
    this.cookies = cookies;
    this.cookiePath = URI.create(publicUrl).getRawPath() + "/s/";
  }

  /// @param setCookie that the device is to keep from now on; `null` when it has one
  record Recognised(long key, @Nullable String setCookie) {}

  Recognised of(int account, Request request, Device.Seen seen) {
    if (cookies == null) {
      return new Recognised(keys.keyOf(account, seen), null);
    }
    DeviceCookie known = DeviceCookie.in(request.headers("Cookie"));
    DeviceCookie cookie = known == null ? DeviceCookie.fresh(cookies) : known;
    return new Recognised(
        keys.keyOf(account, new Device.Known(cookie)),
        known == null ? cookie.header(cookiePath) : null);
  }
}
