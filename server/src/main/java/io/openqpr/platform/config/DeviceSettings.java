package io.openqpr.platform.config;

import org.jspecify.annotations.Nullable;

/// How distinct devices are told apart.
///
/// @param rotation when the secret behind their keys is thrown away for a new one; `null` for never
/// @param cookie whether they are known by a cookie, rather than by address, agent and language
public record DeviceSettings(@Nullable DeviceRotation rotation, boolean cookie) {

  public static final DeviceSettings DEFAULT = new DeviceSettings(null, false);
}
