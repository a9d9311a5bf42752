package io.openqpr.code.image;

import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/// A picture in memory: sRGB with transparency, 0xAARRGGBB, row by row.
///
/// Works on numbers alone: `Graphics2D` would want the system's fonts and screens.
final class Pixels {

  private final int width;
  private final int height;
  private final int[] argb;

  private Pixels(int width, int height, int[] argb) {
    this.width = width;
    this.height = height;
    this.argb = argb;
  }

  static Pixels of(BufferedImage image) {
    int[] argb = new int[image.getWidth() * image.getHeight()];
    put(image, argb, 0);
    return new Pixels(image.getWidth(), image.getHeight(), argb);
  }

  /// Of the picture that is next in the file, a strip of rows at a time: what a strip is decoded to
  /// may take twice as much as the pixels that it becomes.
  static Pixels of(ImageReader reader, int rowsAtOnce) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    int[] argb = new int[width * height];
    for (int y = 0; y < height; y += rowsAtOnce) {
      ImageReadParam strip = reader.getDefaultReadParam();
      strip.setSourceRegion(new Rectangle(0, y, width, Math.min(rowsAtOnce, height - y)));
      put(reader.read(0, strip), argb, y * width);
    }
    return new Pixels(width, height, argb);
  }

  private static void put(BufferedImage image, int[] argb, int offset) {
    ColorModel model = image.getColorModel();
    if (model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && !(model instanceof IndexColorModel)) {
      putGrey(image, argb, offset);
      return;
    }
    BufferedImage plain = image;
    if (!model.getColorSpace().isCS_sRGB()) {
      plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
      new ColorConvertOp(null).filter(image, plain);
    }
    int width = plain.getWidth();
    plain.getRGB(0, 0, width, plain.getHeight(), argb, offset, width);
  }

  /// Java takes grey files for linear light, and would make them lighter.
  private static void putGrey(BufferedImage image, int[] argb, int offset) {
    Raster raster = image.getRaster();
    int width = raster.getWidth();
    int height = raster.getHeight();
    int shift = raster.getSampleModel().getSampleSize(0) - 8;
    int[] grey = new int[width];
    int[] alpha = new int[width];
    Arrays.fill(alpha, 0xff);
    for (int y = 0; y < height; y++) {
      raster.getSamples(0, y, width, 1, 0, grey);
      if (raster.getNumBands() > 1) {
        raster.getSamples(0, y, width, 1, 1, alpha);
      }
      for (int x = 0; x < width; x++) {
        int a = raster.getNumBands() > 1 ? alpha[x] >> shift : 0xff;
        argb[offset + y * width + x] = a << 24 | (grey[x] >> shift) * 0x010101;
      }
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /// 0xAARRGGBB.
  int argb(int x, int y) {
    return argb[y * width + x];
  }

  BufferedImage image() {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, width, height, argb, 0, width);
    return image;
  }

  /// 0xRRGGBB of a point that lies on a background.
  int rgbOn(Colour background, int x, int y) {
    int pixel = argb[y * width + x];
    int alpha = pixel >>> 24;
    return mixed(pixel >> 16, background.red(), alpha) << 16
        | mixed(pixel >> 8, background.green(), alpha) << 8
        | mixed(pixel, background.blue(), alpha);
  }

  private static int mixed(int above, int below, int alpha) {
    return ((above & 0xff) * alpha + below * (0xff - alpha) + 127) / 0xff;
  }

  /// The same at most so wide and high.
  Pixels within(int longest) {
    int long0 = Math.max(width, height);
    return long0 <= longest
        ? this
        : scaledTo(
            Math.max(1, Math.round((float) width * longest / long0)),
            Math.max(1, Math.round((float) height * longest / long0)));
  }

  /// Each new point is the average of what it covers.
  Pixels scaledTo(int newWidth, int newHeight) {
    int[] scaled = new int[newWidth * newHeight];
    for (int y = 0; y < newHeight; y++) {
      double top = (double) y * height / newHeight;
      double bottom = (double) (y + 1) * height / newHeight;
      for (int x = 0; x < newWidth; x++) {
        double left = (double) x * width / newWidth;
        double right = (double) (x + 1) * width / newWidth;
        scaled[y * newWidth + x] = average(left, top, right, bottom);
      }
    }
    return new Pixels(newWidth, newHeight, scaled);
  }

  private int average(double left, double top, double right, double bottom) {
    double alpha = 0;
    double red = 0;
    double green = 0;
    double blue = 0;
    for (int y = (int) top; y < Math.min(bottom, height); y++) {
      double rows = Math.min(bottom, y + 1) - Math.max(top, y);
      for (int x = (int) left; x < Math.min(right, width); x++) {
        int pixel = argb[y * width + x];
        double weight = rows * (Math.min(right, x + 1) - Math.max(left, x)) * (pixel >>> 24);
        alpha += weight;
        red += weight * (pixel >> 16 & 0xff);
        green += weight * (pixel >> 8 & 0xff);
        blue += weight * (pixel & 0xff);
      }
    }
    if (alpha == 0) {
      return 0;
    }
    int opacity = (int) Math.round(alpha / ((right - left) * (bottom - top)));
    return opacity << 24
        | round(red / alpha) << 16
        | round(green / alpha) << 8
        | round(blue / alpha);
  }

  private static int round(double channel) {
    return Math.min(0xff, (int) Math.round(channel));
  }
}
