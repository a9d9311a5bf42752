package io.openqpr.capture.visitor;

import io.openqpr.model.Details;
import io.openqpr.model.ScanField;
import io.openqpr.platform.config.PrivacySignals;
import io.openqpr.web.http.Request;
import java.util.List;
import java.util.random.RandomGenerator;

/// What browsers say for people who do not want to be followed: Global Privacy Control (`Sec-GPC:
/// 1`) or Do Not Track (`DNT: 1`). Such a visit has no place, and a device key that no other has.
public final class Objections {

  private static final String YES = "1";

  private final PrivacySignals signals;
  private final RandomGenerator random;

  /// @param random that nobody can foretell
  public Objections(PrivacySignals signals, RandomGenerator random) {
    this.signals = signals;
    this.random = random;
  }

  /// Whether there is one that is honoured.
  boolean isIn(Request request) {
    return switch (signals) {
      case HONOUR -> isIn(request.headers("Sec-GPC"), request.headers("DNT"));
      case IGNORE -> false;
    };
  }

  /// Said once is said, whatever else a header of the same name says; what is not `1` is not said.
  static boolean isIn(List<String> globalPrivacyControl, List<String> doNotTrack) {
    return isYes(globalPrivacyControl) || isYes(doNotTrack);
  }

  private static boolean isYes(List<String> values) {
    return values.stream().anyMatch(value -> value.strip().equals(YES));
  }

  /// Without what a site elsewhere told, or a person chose.
  Details leave(Details known) {
    return known.with(ScanField.LANGUAGE, null).with(ScanField.REFERRER, null);
  }

  /// The key of a device that is seen this once.
  long keyForOnce() {
    return random.nextLong();
  }
}
