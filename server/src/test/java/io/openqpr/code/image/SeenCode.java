package io.openqpr.code.image;

import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.Color;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;

/// What a reader of another house sees in a picture, once it is pixels.
///
/// @param level as the code itself says
public record SeenCode(String text, String level) {

  private static final List<Function<LuminanceSource, Binarizer>> LIGHTS =
      List.of(HybridBinarizer::new, GlobalHistogramBinarizer::new);

  /// @param pixels how wide SVG and PDF are made
  public static SeenCode in(byte[] file, String mediaType, int pixels) throws IOException {
    return in(rasterised(file, mediaType, pixels));
  }

  public static BufferedImage rasterised(byte[] file, String mediaType, int pixels)
      throws IOException {
    return switch (mediaType) {
      case "image/png" -> ImageIO.read(new ByteArrayInputStream(file));
      case "image/svg+xml" -> ofSvg(file, pixels);
      case "application/pdf" -> ofPdf(file, pixels);
      default -> throw new IllegalArgumentException(mediaType);
    };
  }

  private static BufferedImage ofSvg(byte[] file, int pixels) {
    var svg =
        new SVGLoader().load(new ByteArrayInputStream(file), null, LoaderContext.createDefault());
    var image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    Objects.requireNonNull(svg).render(null, graphics, new ViewBox(pixels, pixels));
    graphics.dispose();
    return image;
  }

  private static BufferedImage ofPdf(byte[] file, int pixels) throws IOException {
    try (var document = Loader.loadPDF(file)) {
      var page = document.getPage(0).getMediaBox();
      return new PDFRenderer(document).renderImage(0, pixels / page.getWidth());
    }
  }

  public static SeenCode in(BufferedImage picture) {
    BufferedImage paper = onPaper(picture);
    ReaderException last = null;
    // Too near or too far: a phone is moved then.
    for (int distance : new int[] {paper.getWidth(), 300, 200, 450, 150, 600, 370}) {
      BufferedImage seen = distance == paper.getWidth() ? paper : from(paper, distance);
      // And looks at it in one light after the other.
      for (Function<LuminanceSource, Binarizer> light : LIGHTS) {
        try {
          return read(seen, light);
        } catch (ReaderException e) {
          last = e;
        }
      }
    }
    throw new AssertionError("no code can be read in the picture", last);
  }

  private static SeenCode read(BufferedImage paper, Function<LuminanceSource, Binarizer> light)
      throws ReaderException {
    int[] rgb = paper.getRGB(0, 0, paper.getWidth(), paper.getHeight(), null, 0, paper.getWidth());
    var source = new RGBLuminanceSource(paper.getWidth(), paper.getHeight(), rgb);
    Result result =
        new QRCodeReader()
            .decode(new BinaryBitmap(light.apply(source)), Map.of(DecodeHintType.TRY_HARDER, true));
    return new SeenCode(
        result.getText(),
        result.getResultMetadata().get(ResultMetadataType.ERROR_CORRECTION_LEVEL).toString());
  }

  private static BufferedImage from(BufferedImage paper, int size) {
    var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.drawImage(paper.getScaledInstance(size, size, Image.SCALE_AREA_AVERAGING), 0, 0, null);
    graphics.dispose();
    return image;
  }

  /// With a rim in the colour of the picture's own background, as a code without a margin needs.
  private static BufferedImage onPaper(BufferedImage picture) {
    int rim = picture.getWidth() / 8;
    int size = picture.getWidth() + 2 * rim;
    var paper = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    var graphics = paper.createGraphics();
    graphics.setColor(lightest(picture));
    graphics.fillRect(0, 0, size, size);
    graphics.drawImage(picture, rim, rim, null);
    graphics.dispose();
    return paper;
  }

  private static Color lightest(BufferedImage picture) {
    var lightest = Color.BLACK;
    for (int i = 0; i < picture.getWidth(); i++) {
      var colour = new Color(picture.getRGB(i, picture.getHeight() / 2));
      if (brightness(colour) > brightness(lightest)) {
        lightest = colour;
      }
    }
    return lightest;
  }

  private static int brightness(Color colour) {
    return 2 * colour.getRed() + 7 * colour.getGreen() + colour.getBlue();
  }
}
