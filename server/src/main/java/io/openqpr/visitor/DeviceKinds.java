package io.openqpr.visitor;

import io.openqpr.model.DeviceKind;

/// placeholder until the library is chosen
public final class DeviceKinds {
  public DeviceKinds() {}

  DeviceKind kindOf(String agent) {
    return DeviceKind.UNKNOWN;
  }
}
