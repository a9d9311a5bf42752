package io.openqpr.code.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;

/// A picture as PNG: every module is the same whole number of pixels, the largest that fits, and
/// the code is in the middle. Two colours without a logo, any with one.
final class PngDrawing {

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
    return PngFile.of(picture.logo() == null ? drawing.inTwoColours() : drawing.withLogo());
  }

  private BufferedImage inTwoColours() {
    var palette =
        new IndexColorModel(
            1,
            2,
            new int[] {picture.design().background().rgb(), picture.design().foreground().rgb()},
            0,
            false,
            -1,
            0);
    var image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_BINARY, palette);
    byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int bytesOfRow = (size + Byte.SIZE - 1) / Byte.SIZE;
    byte[] row = new byte[bytesOfRow];
    for (int y = 0; y < size; y++) {
      if (y == 0 || moduleAt(y) != moduleAt(y - 1)) {
        row = rowOfBits(moduleAt(y), bytesOfRow);
      }
      System.arraycopy(row, 0, bytes, y * bytesOfRow, bytesOfRow);
    }
    return image;
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

  private BufferedImage withLogo() {
    var image = new BufferedImage(size, size, BufferedImage.TYPE_3BYTE_BGR);
    int[] row = new int[size];
    for (int y = 0; y < size; y++) {
      if (y == 0 || moduleAt(y) != moduleAt(y - 1)) {
        row = rowOfColours(moduleAt(y));
      }
      image.setRGB(0, y, size, 1, row, 0, size);
    }
    drawLogo(image);
    return image;
  }

  private int[] rowOfColours(int moduleY) {
    int[] row = new int[size];
    for (int x = 0; x < size; x++) {
      row[x] =
          picture.symbol().dark(moduleAt(x), moduleY)
              ? picture.design().foreground().rgb()
              : picture.design().background().rgb();
    }
    return row;
  }

  private void drawLogo(BufferedImage image) {
    PlacedLogo logo = picture.logo();
    if (logo == null) {
      return;
    }
    int width = Math.max(1, (int) Math.round(logo.width() * module));
    int height = Math.max(1, (int) Math.round(logo.height() * module));
    Pixels pixels = logo.logo().pixels().scaledTo(width, height);
    int left = offset + (int) Math.round(logo.left() * module);
    int top = offset + (int) Math.round(logo.top() * module);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(left + x, top + y, pixels.rgbOn(picture.design().background(), x, y));
      }
    }
  }
}
