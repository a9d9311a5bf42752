package io.openqpr.code.image;

import java.util.regex.Pattern;

/// A colour without transparency, in sRGB.
///
/// @param rgb 0xRRGGBB
record Colour(int rgb) {

  static final Colour BLACK = new Colour(0x000000);
  static final Colour WHITE = new Colour(0xffffff);

  private static final Pattern HEX = Pattern.compile("#?([0-9a-fA-F]{6})");

  /// @throws IllegalArgumentException saying what is right
  static Colour parse(String text) {
    var matcher = HEX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a colour as six hexadecimal digits, such as 1a2b3c (in a URL a leading # is"
              + " written %23)");
    }
    return new Colour(Integer.parseInt(matcher.group(1), 16));
  }

  String hex() {
    return "#%06x".formatted(rgb);
  }

  int red() {
    return rgb >> 16;
  }

  int green() {
    return rgb >> 8 & 0xff;
  }

  int blue() {
    return rgb & 0xff;
  }

  /// From 1 (the same lightness) to 21 (black and white), by the formula of WCAG 2.
  double contrastTo(Colour other) {
    double a = luminance() + 0.05;
    double b = other.luminance() + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  /// Relative luminance of WCAG 2: from 0, black, to 1, white.
  double luminance() {
    return 0.2126 * linear(red()) + 0.7152 * linear(green()) + 0.0722 * linear(blue());
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }
}
