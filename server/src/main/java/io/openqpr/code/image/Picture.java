package io.openqpr.code.image;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that a picture is made of.
///
/// @param symbol with room for the logo
/// @param logo `null` without one
record Picture(Symbol symbol, Design design, @Nullable PlacedLogo logo) {

  static Picture of(Symbol symbol, Design design, Optional<Logo> logo) {
    if (logo.isEmpty()) {
      return new Picture(symbol, design, null);
    }
    var placed = PlacedLogo.in(symbol.size(), logo.get());
    return new Picture(symbol.withRoomFor(placed), design, placed);
  }

  byte[] drawnAs(Format format) {
    return switch (format) {
      case PNG -> PngDrawing.of(this);
      case SVG -> SvgDrawing.of(this);
      case PDF -> PdfDrawing.of(this);
    };
  }

  /// The symbol with its margins, in modules.
  int modules() {
    return modules(symbol, design);
  }

  static int modules(Symbol symbol, Design design) {
    return symbol.size() + 2 * design.margin();
  }
}
