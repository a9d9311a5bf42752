package io.openqpr.code.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;

/// How many bytes the largest pictures take, by what the thread that makes them asks for.
class PngMemoryTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void theLargestPlainPictureIsNeverInMemoryAsPixels() throws IOException {
    Picture picture = Picture.of(symbol(), design(false), Optional.empty());
    assertThat(bytesFor(picture, Format.PNG)).isLessThan(Studio.PLAIN_BYTES);

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.drawnAs(Format.PNG)));
    assertThat(image.getWidth()).isEqualTo(4096);
    assertThat(image.getColorModel().getPixelSize()).isEqualTo(1);
  }

  @Test
  void theLargestPictureWithALogoTakesWhatItIsSaidToTake() throws IOException {
    Logo logo = Logo.of(noise(1024, BufferedImage.TYPE_INT_ARGB));
    Picture picture = Picture.of(symbol(), design(true), Optional.of(logo));
    for (Format format : Format.values()) {
      // All that was asked for, also what was given back meanwhile.
      assertThat(bytesFor(picture, format)).as(format.name()).isLessThan(3 * Studio.LARGE_BYTES);
      assertThat(picture.bytesToDraw(format)).isGreaterThan(Studio.PLAIN_BYTES);
    }
  }

  @Test
  void aPictureDecodedInStripsIsTheWholePicture() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_4BYTE_ABGR}) {
      var file = new ByteArrayOutputStream();
      ImageIO.write(noiseImage(100, type), "png", file);
      Pixels whole = Pixels.of(ImageIO.read(new ByteArrayInputStream(file.toByteArray())));
      ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
      reader.setInput(
          new MemoryCacheImageInputStream(new ByteArrayInputStream(file.toByteArray())),
          false,
          true);
      Pixels inStrips = Pixels.of(reader, 7);
      assertThat(PngFile.of(inStrips)).isEqualTo(PngFile.of(whole));
    }
  }

  private static Symbol symbol() {
    return Symbol.of("https://example.org/s/hc9m3r", Level.H);
  }

  private static Design design(boolean withLogo) {
    return new Design(4096, 4, Level.H, Colour.BLACK, Colour.WHITE, withLogo);
  }

  private static Pixels noise(int size, int type) {
    return Pixels.of(noiseImage(size, type));
  }

  private static BufferedImage noiseImage(int size, int type) {
    var image = new BufferedImage(size, size, type);
    var random = new Random(1);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }

  private static long bytesFor(Picture picture, Format format) {
    picture.drawnAs(format); // classes are loaded once
    long before = THREADS.getCurrentThreadAllocatedBytes();
    picture.drawnAs(format);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
