package io.openqpr.capture.visitor;

import io.openqpr.web.http.Request;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// What is judged of a request for a scan URL: everything that can tell a person from a program.
/// The headers are the first of their name; `null` where there is none.
///
/// @param agent the user agent; empty where none came
/// @param address of the client, behind proxies
public record Hit(
    String method,
    String agent,
    InetAddress address,
    @Nullable String accept,
    @Nullable String acceptLanguage,
    @Nullable String secFetchDest,
    Purposes purposes) {

  /// The headers by which browsers say that they fetch ahead; `null` where there is none.
  public record Purposes(
      @Nullable String secPurpose,
      @Nullable String purpose,
      @Nullable String xPurpose,
      @Nullable String xMoz) {

    public static final Purposes NONE = new Purposes(null, null, null, null);
  }

  static Hit of(Request request, String agent, InetAddress address) {
    return new Hit(
        request.method(),
        agent,
        address,
        request.header("Accept").orElse(null),
        request.header("Accept-Language").orElse(null),
        request.header("Sec-Fetch-Dest").orElse(null),
        new Purposes(
            request.header("Sec-Purpose").orElse(null),
            request.header("Purpose").orElse(null),
            request.header("X-Purpose").orElse(null),
            request.header("X-Moz").orElse(null)));
  }
}
