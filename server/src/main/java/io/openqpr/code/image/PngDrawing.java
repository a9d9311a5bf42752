package io.openqpr.code.image;

/// A picture as PNG: every module is the same whole number of pixels, the largest that fits, and
/// the code is in the middle. Two colours without a logo, any with one. Drawn and written row by
/// row.
final class PngDrawing {

  private static final int RGB_BYTES = 3;

  private final Picture picture;
  private final int size;
  private final int module;
  private final int offset;

  private PngDrawing(Picture picture) {
    this.picture = picture;
    size = picture.design().size();
    module = size / picture.modules();
    offset = (size - module * picture.symbol().size()) / 2;
  }

  static byte[] of(Picture picture) {
    var drawing = new PngDrawing(picture);
    PlacedLogo logo = picture.logo();
    return logo == null ? drawing.inTwoColours() : drawing.with(logo);
  }

  private byte[] inTwoColours() {
    byte[] row = new byte[(size + Byte.SIZE - 1) / Byte.SIZE];
    try (var file = new PngFile(PngFile.Kind.TWO_COLOURS, size, size)) {
      file.palette(picture.design().background(), picture.design().foreground());
      for (int y = 0; y < size; y++) {
        if (y == 0 || moduleAt(y) != moduleAt(y - 1)) {
          row = rowOfBits(moduleAt(y), row.length);
        }
        file.row(row);
      }
      return file.finished();
    }
  }

  private byte[] rowOfBits(int moduleY, int length) {
    byte[] row = new byte[length];
    for (int x = 0; x < size; x++) {
      if (picture.symbol().dark(moduleAt(x), moduleY)) {
        row[x / Byte.SIZE] |= (byte) (0x80 >> x % Byte.SIZE);
      }
    }
    return row;
  }

  private int moduleAt(int pixel) {
    return Math.floorDiv(pixel - offset, module);
  }

  private byte[] with(PlacedLogo logo) {
    var drawn = new DrawnLogo(logo);
    byte[] row = new byte[0];
    try (var file = new PngFile(PngFile.Kind.RGB, size, size)) {
      for (int y = 0; y < size; y++) {
        if (y == 0 || moduleAt(y) != moduleAt(y - 1) || drawn.isAt(y) || drawn.isAt(y - 1)) {
          row = rowOfColours(moduleAt(y));
          drawn.drawInto(row, y);
        }
        file.row(row);
      }
      return file.finished();
    }
  }

  private byte[] rowOfColours(int moduleY) {
    byte[] row = new byte[RGB_BYTES * size];
    for (int x = 0; x < size; x++) {
      boolean dark = picture.symbol().dark(moduleAt(x), moduleY);
      put(row, x, (dark ? picture.design().foreground() : picture.design().background()).rgb());
    }
    return row;
  }

  private static void put(byte[] row, int x, int rgb) {
    row[RGB_BYTES * x] = (byte) (rgb >> 16);
    row[RGB_BYTES * x + 1] = (byte) (rgb >> 8);
    row[RGB_BYTES * x + 2] = (byte) rgb;
  }

  /// The logo in the size and at the place that it has in the picture.
  private final class DrawnLogo {

    private final Pixels pixels;
    private final int left;
    private final int top;

    DrawnLogo(PlacedLogo logo) {
      int width = Math.max(1, (int) Math.round(logo.width() * module));
      int height = Math.max(1, (int) Math.round(logo.height() * module));
      pixels = logo.logo().pixels().scaledTo(width, height);
      left = offset + (int) Math.round(logo.left() * module);
      top = offset + (int) Math.round(logo.top() * module);
    }

    boolean isAt(int y) {
      return y >= top && y < top + pixels.height();
    }

    void drawInto(byte[] row, int y) {
      for (int x = 0; isAt(y) && x < pixels.width(); x++) {
        put(row, left + x, pixels.rgbOn(picture.design().background(), x, y - top));
      }
    }
  }
}
