package io.openqpr.code.image;

import io.openqpr.code.image.Outline.Corner;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// A picture as SVG: one unit is one module, and all that is dark is one path.
final class SvgDrawing {

  private SvgDrawing() {}

  static byte[] of(Picture picture) {
    Design design = picture.design();
    int modules = picture.modules();
    String svg =
        """
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
        width="%d" height="%d" viewBox="0 0 %d %d">
        <path fill="%s" d="M0 0h%dv%dh-%dz"/>
        <path fill="%s" d="%s"/>
        %s</svg>
        """
            .formatted(
                design.size(),
                design.size(),
                modules,
                modules,
                design.background().hex(),
                modules,
                modules,
                modules,
                design.foreground().hex(),
                path(picture),
                logo(picture));
    return svg.getBytes(StandardCharsets.UTF_8);
  }

  private static String path(Picture picture) {
    int margin = picture.design().margin();
    var path = new StringBuilder();
    for (List<Corner> line : Outline.of(picture.symbol())) {
      Corner at = line.getFirst();
      path.append('M').append(at.x() + margin).append(' ').append(at.y() + margin);
      // Closing goes back to where the line began: its last stretch needs no words.
      for (Corner next : line.subList(1, line.size())) {
        if (next.y() == at.y()) {
          path.append('h').append(next.x() - at.x());
        } else {
          path.append('v').append(next.y() - at.y());
        }
        at = next;
      }
      path.append('z');
    }
    return path.toString();
  }

  private static String logo(Picture picture) {
    PlacedLogo logo = picture.logo();
    if (logo == null) {
      return "";
    }
    // xlink:href is the older name, which every reader knows.
    return String.format(
        Locale.ROOT,
        """
        <image x="%.3f" y="%.3f" width="%.3f" height="%.3f" preserveAspectRatio="none" \
        xlink:href="data:image/png;base64,%s"/>
        """,
        logo.left() + picture.design().margin(),
        logo.top() + picture.design().margin(),
        logo.width(),
        logo.height(),
        Base64.getEncoder().encodeToString(logo.logo().png()));
  }
}
