package io.openqpr.code.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// An account's logo: a PNG file that this server wrote itself.
final class Logo {

  private final byte[] png;
  private final int width;
  private final int height;
  private final String hash;

  private Logo(byte[] png, int width, int height) {
    this.png = png;
    this.width = width;
    this.height = height;
    this.hash = sha256(png);
  }

  static Logo of(Pixels pixels) {
    return new Logo(PngFile.of(pixels), pixels.width(), pixels.height());
  }

  /// From what the store kept.
  static Logo of(byte[] png) {
    var reader = ImageIO.getImageReadersByFormatName("png").next();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(png))) {
      reader.setInput(in, true, true);
      return new Logo(png, reader.getWidth(0), reader.getHeight(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      reader.dispose();
    }
  }

  /// The file; not to be changed.
  byte[] png() {
    return png;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /// Tells one logo from another.
  String hash() {
    return hash;
  }

  Pixels pixels() {
    try {
      // The reading closes the stream.
      return Pixels.of(
          ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(png))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
