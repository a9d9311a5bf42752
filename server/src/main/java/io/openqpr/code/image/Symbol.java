package io.openqpr.code.image;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import org.jspecify.annotations.Nullable;

/// The modules of a QR code, without a margin; `0, 0` is at the top left.
final class Symbol {

  private final QrCode code;
  private final @Nullable PlacedLogo logo;

  private Symbol(QrCode code, @Nullable PlacedLogo logo) {
    this.code = code;
    this.logo = logo;
  }

  /// The smallest one that holds the text, at exactly this level.
  static Symbol of(String text, Level level) {
    QrCode code =
        QrCode.encodeSegments(
            QrSegment.makeSegments(text),
            level.ecc(),
            QrCode.MIN_VERSION,
            QrCode.MAX_VERSION,
            -1,
            false);
    return new Symbol(code, null);
  }

  /// The same with nothing where the logo goes.
  Symbol withRoomFor(PlacedLogo logo) {
    return new Symbol(code, logo);
  }

  /// How many modules wide and high.
  int size() {
    return code.size;
  }

  /// Outside everything is light.
  boolean dark(int x, int y) {
    return code.getModule(x, y) && (logo == null || !logo.covers(x, y));
  }
}
