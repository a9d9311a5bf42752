package io.openqpr.code.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/// Files of one colour, as somebody would upload them.
public final class SampleLogos {

  private SampleLogos() {}

  public static boolean isNear(int a, int b) {
    return Math.abs((a >> 16 & 255) - (b >> 16 & 255)) < 8
        && Math.abs((a >> 8 & 255) - (b >> 8 & 255)) < 8
        && Math.abs((a & 255) - (b & 255)) < 8;
  }

  public static BufferedImage filled(int width, int height, Color colour, int type) {
    var image = new BufferedImage(width, height, type);
    fill(image, colour);
    return image;
  }

  public static void fill(BufferedImage image, Color colour) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, colour.getRGB());
      }
    }
  }

  public static byte[] png(BufferedImage image) throws IOException {
    return file(image, "png");
  }

  public static byte[] jpeg(BufferedImage image) throws IOException {
    return file(image, "jpeg");
  }

  private static byte[] file(BufferedImage image, String format) throws IOException {
    var bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }
}
