package io.openqpr.code.image;

import io.nayuki.qrcodegen.QrCode.Ecc;
import java.util.LinkedHashMap;
import java.util.Map;

/// How much of a code may be damaged or covered and it still reads: 7, 15, 25, 30 percent.
enum Level {
  L(Ecc.LOW),
  M(Ecc.MEDIUM),
  Q(Ecc.QUARTILE),
  H(Ecc.HIGH);

  private final Ecc ecc;

  Level(Ecc ecc) {
    this.ecc = ecc;
  }

  Ecc ecc() {
    return ecc;
  }

  static Map<String, Level> byName() {
    var levels = new LinkedHashMap<String, Level>();
    for (Level level : values()) {
      levels.put(level.name(), level);
    }
    return levels;
  }
}
