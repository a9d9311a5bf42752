package io.openqpr.model;

/// What was held in the hand. Shown by lower-case name; stored by [#stored], so the order here may
/// change and the numbers may not.
public enum DeviceKind {
  UNKNOWN(0),
  MOBILE(1),
  TABLET(2),
  DESKTOP(3);

  private static final DeviceKind[] BY_STORED = {UNKNOWN, MOBILE, TABLET, DESKTOP};

  private final int stored;

  DeviceKind(int stored) {
    this.stored = stored;
  }

  public int stored() {
    return stored;
  }

  public static DeviceKind fromStored(int stored) {
    return BY_STORED[stored];
  }
}
