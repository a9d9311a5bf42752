package io.openqpr.code.image;

/// A logo and its place, in modules: a box in the middle of the symbol is free of modules, and the
/// logo is in its middle with at least one module's width free on each side.
///
/// A logo takes at most a fifth of the symbol's width. Its box hides about a tenth of the modules
/// at most; level H can do without more than a quarter.
///
/// @param boxLeft the box is whole modules
record PlacedLogo(
    Logo logo, int boxLeft, int boxTop, int boxWidth, int boxHeight, double width, double height) {

  private static final double SHARE = 0.2;
  private static final int PADDING = 2;

  /// @param symbolSize in modules
  static PlacedLogo in(int symbolSize, Logo logo) {
    // Symbols are odd in width, so an odd box is in the middle.
    int longestBox = (int) (symbolSize * SHARE + PADDING - 1) / 2 * 2 + 1;
    double scale = (double) (longestBox - PADDING) / Math.max(logo.width(), logo.height());
    int boxWidth = boxAround(logo.width() * scale);
    int boxHeight = boxAround(logo.height() * scale);
    return new PlacedLogo(
        logo,
        (symbolSize - boxWidth) / 2,
        (symbolSize - boxHeight) / 2,
        boxWidth,
        boxHeight,
        logo.width() * scale,
        logo.height() * scale);
  }

  /// The smallest odd number with room for the padding.
  private static int boxAround(double length) {
    int whole = (int) Math.ceil(length + PADDING - 1e-9);
    return whole / 2 * 2 + 1;
  }

  boolean covers(int x, int y) {
    return x >= boxLeft && x < boxLeft + boxWidth && y >= boxTop && y < boxTop + boxHeight;
  }

  double left() {
    return boxLeft + (boxWidth - width) / 2;
  }

  double top() {
    return boxTop + (boxHeight - height) / 2;
  }
}
