package io.openqpr.code.image;

import io.openqpr.web.http.Problem;
import io.openqpr.web.http.Problem.FieldError;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Makes a [Logo] of what somebody sent: only its pixels survive. Nothing is decoded before its
/// dimensions are known to be small enough.
final class Upload {

  static final int MAX_BYTES = 512 * 1024;
  static final int MAX_PIXELS = 2_048;

  /// As much as the largest picture can show; larger ones are made smaller.
  static final int KEPT_PIXELS = 1_024;

  /// A PNG has up to four channels of sixteen bits.
  private static final int MOST_BYTES_OF_PIXEL = 8;

  private static final int STRIP_BYTES = 8 << 20;

  /// A progressive JPEG is drawn over once for each; good ones have about ten.
  private static final int MAX_SCANS = 100;

  private static final Map<String, String> FORMATS =
      Map.of("image/png", "png", "image/jpeg", "jpeg");

  private Upload() {}

  /// @throws ProblemException 415
  static void requireKnown(String mediaType) {
    if (!FORMATS.containsKey(mediaType)) {
      throw new ProblemException(
          Kind.UNSUPPORTED_MEDIA_TYPE,
          "A logo must be sent as a file, with `Content-Type: image/png` or `image/jpeg`.");
    }
  }

  /// @throws ProblemException 400, naming `body`
  static Logo read(String mediaType, byte[] bytes) {
    String format = FORMATS.getOrDefault(mediaType, "png");
    if (scans(bytes) > MAX_SCANS && format.equals("jpeg")) {
      throw unusable("has more than " + MAX_SCANS + " scans; save it anew");
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      if (!reader.getOriginatingProvider().canDecodeInput(in)) {
        throw unusable("is no %s file".formatted(mediaType));
      }
      reader.setInput(in, false, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if (width > MAX_PIXELS || height > MAX_PIXELS) {
        throw unusable(
            "must be at most %d pixels wide and high; got %d × %d"
                .formatted(MAX_PIXELS, width, height));
      }
      // A JPEG is unpacked as a whole for every strip, and never takes more than three bytes a
      // pixel.
      int rowsAtOnce =
          format.equals("png") ? Math.max(1, STRIP_BYTES / (width * MOST_BYTES_OF_PIXEL)) : height;
      return Logo.of(Pixels.of(reader, rowsAtOnce).within(KEPT_PIXELS));
    } catch (ProblemException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The library throws all kinds of things over files that are damaged.
      throw unusable(
          "cannot be read as %s: it is damaged or of a rare kind; save it as a plain PNG"
              .formatted(mediaType));
    } finally {
      reader.dispose();
    }
  }

  /// How often a scan begins in a JPEG; inside of one these two bytes do not come together.
  private static int scans(byte[] jpeg) {
    int scans = 0;
    for (int i = 1; i < jpeg.length; i++) {
      if (jpeg[i - 1] == (byte) 0xff && jpeg[i] == (byte) 0xda) {
        scans++;
      }
    }
    return scans;
  }

  private static ProblemException unusable(String message) {
    return new ProblemException(
        new Problem(
            Kind.BAD_REQUEST,
            "The logo " + message + ".",
            List.of(new FieldError("body", message))));
  }
}
