package io.openqpr.code.image;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that a picture is made of.
///
/// @param symbol with room for the logo
/// @param logo `null` without one
record Picture(Symbol symbol, Design design, @Nullable PlacedLogo logo) {

  private static final long BYTES_WITHOUT_LOGO = 512 << 10;

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

  /// How much memory [#drawnAs] takes at the most, about.
  long bytesToDraw(Format format) {
    if (logo == null) {
      return BYTES_WITHOUT_LOGO;
    }
    long pixels = 4L * logo.logo().width() * logo.logo().height();
    long file = logo.logo().png().length;
    double module = (double) design.size() / modules();
    long inPicture = (long) (4 * logo.width() * logo.height() * module * module);
    return BYTES_WITHOUT_LOGO
        + switch (format) {
          case PNG -> 2 * pixels + 2 * inPicture;
          case SVG -> 6 * file;
          case PDF -> 4 * pixels;
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
