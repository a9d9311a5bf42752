package io.openqpr.code.image;

import io.openqpr.code.image.Outline.Corner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.util.Matrix;

/// A picture as PDF: one page, one point for each of the design's, all that is dark as one shape.
final class PdfDrawing {

  private PdfDrawing() {}

  static byte[] of(Picture picture) {
    float size = picture.design().size();
    try (var document = new PDDocument()) {
      // Without a number of ours the library takes the time: equal pictures are to be equal files.
      document.setDocumentId(1L);
      var page = new PDPage(new PDRectangle(size, size));
      document.addPage(page);
      try (var content = new PDPageContentStream(document, page)) {
        draw(picture, document, content);
      }
      var bytes = new ByteArrayOutputStream();
      // Older printers do not know compressed objects; what is drawn is compressed anyway.
      document.save(bytes, CompressParameters.NO_COMPRESSION);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void draw(Picture picture, PDDocument document, PDPageContentStream content)
      throws IOException {
    int modules = picture.modules();
    int margin = picture.design().margin();
    float module = (float) picture.design().size() / modules;
    // From here on as on paper: one unit is a module, and y runs down.
    content.transform(new Matrix(module, 0, 0, -module, 0, picture.design().size()));
    fillWith(picture.design().background(), content);
    content.addRect(0, 0, modules, modules);
    content.fill();
    fillWith(picture.design().foreground(), content);
    for (List<Corner> line : Outline.of(picture.symbol())) {
      content.moveTo(line.getFirst().x() + margin, line.getFirst().y() + margin);
      for (Corner corner : line.subList(1, line.size())) {
        content.lineTo(corner.x() + margin, corner.y() + margin);
      }
      content.closePath();
    }
    content.fill();
    drawLogo(picture, document, content);
  }

  /// Grey as grey: a printer makes black of black ink then, not of three colours.
  private static void fillWith(Colour colour, PDPageContentStream content) throws IOException {
    if (colour.red() == colour.green() && colour.green() == colour.blue()) {
      content.setNonStrokingColor(colour.red() / 255f);
    } else {
      content.setNonStrokingColor(colour.red() / 255f, colour.green() / 255f, colour.blue() / 255f);
    }
  }

  private static void drawLogo(Picture picture, PDDocument document, PDPageContentStream content)
      throws IOException {
    PlacedLogo logo = picture.logo();
    if (logo == null) {
      return;
    }
    var image = LosslessFactory.createFromImage(document, logo.logo().pixels().image());
    float left = (float) logo.left() + picture.design().margin();
    float bottom = (float) (logo.top() + logo.height()) + picture.design().margin();
    // An image's own y runs up.
    content.drawImage(
        image, new Matrix((float) logo.width(), 0, 0, (float) -logo.height(), left, bottom));
  }
}
