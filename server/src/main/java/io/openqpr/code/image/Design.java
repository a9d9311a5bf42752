package io.openqpr.code.image;

import io.openqpr.web.http.Parameters;

/// How a code is to be drawn.
///
/// @param size width and height: pixels of a PNG, nominal pixels of an SVG, points of a PDF
/// @param margin the quiet zone on each side, in modules
record Design(
    int size, int margin, Level level, Colour foreground, Colour background, boolean withLogo) {

  private static final int MIN_SIZE = 64;
  private static final int MAX_SIZE = 4096;
  private static final int DEFAULT_SIZE = 512;
  private static final int MAX_MARGIN = 20;

  /// What the standard asks for.
  private static final int DEFAULT_MARGIN = 4;

  /// Readers start to fail below this.
  private static final double MIN_CONTRAST = 3;

  /// Mistakes are left with the parameters. A logo hides modules, so with one the level is the
  /// highest, whatever was asked for.
  static Design read(Parameters parameters) {
    int size = parameters.integer("size", DEFAULT_SIZE, MIN_SIZE, MAX_SIZE);
    int margin = parameters.integer("margin", DEFAULT_MARGIN, 0, MAX_MARGIN);
    Level level = parameters.choice("ec", Level.byName(), Level.M);
    Colour foreground = parameters.parsed("fg", Colour.BLACK, Colour::parse);
    Colour background = parameters.parsed("bg", Colour.WHITE, Colour::parse);
    boolean withLogo = parameters.parsed("logo", false, Design::yesOrNo);
    mustBeReadable(parameters, foreground, background);
    return new Design(size, margin, withLogo ? Level.H : level, foreground, background, withLogo);
  }

  private static boolean yesOrNo(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static void mustBeReadable(Parameters parameters, Colour foreground, Colour background) {
    String field = parameters.has("fg") ? "fg" : "bg";
    double contrast = foreground.contrastTo(background);
    if (foreground.luminance() > background.luminance()) {
      parameters.error(
          field,
          "makes the code lighter than its background, which many phones cannot read: fg must be"
              + " the darker one");
    } else if (contrast < MIN_CONTRAST) {
      parameters.error(
          field,
          "is too near to the other colour to be scanned: the contrast of %s on %s is %.1f and must be 3.0 or more"
              .formatted(foreground.hex(), background.hex(), Math.floor(contrast * 10) / 10));
    }
  }
}
