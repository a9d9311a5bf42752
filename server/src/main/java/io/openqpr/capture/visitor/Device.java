package io.openqpr.capture.visitor;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// By what a device is taken for the same one.
sealed interface Device {

  /// @param userAgent empty where none came
  /// @param language as the scan keeps it
  record Seen(InetAddress address, String userAgent, @Nullable String language) implements Device {}

  /// Whatever its address is.
  record Known(DeviceCookie cookie) implements Device {}
}
