package io.openqpr.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A small HTML page from the resources, with `{{name}}` for texts to fill in. Texts are escaped,
/// so they are safe in elements and in quoted attributes.
public final class Page {

  private static final Pattern SLOT = Pattern.compile("\\{\\{(\\w+)}}");

  /// Where a page has the style that all of them share.
  private static final String SHARED_STYLE = "/* page.css */";

  private final String html;

  private Page(String html) {
    this.html = html;
  }

  /// @param name of a file in `/pages`, read now
  public static Page load(String name) {
    return new Page(read(name).replace(SHARED_STYLE, read("page.css")));
  }

  private static String read(String name) {
    try (InputStream in = Page.class.getResourceAsStream("/pages/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no page " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The page with its slots filled.
  ///
  /// @param texts name and text alternate; a slot without a text stays empty
  public String fill(String... texts) {
    Matcher slots = SLOT.matcher(html);
    return slots.replaceAll(slot -> Matcher.quoteReplacement(escape(find(slot.group(1), texts))));
  }

  private static String find(String name, String[] texts) {
    for (int i = 0; i < texts.length; i += 2) {
      if (texts[i].equals(name)) {
        return texts[i + 1];
      }
    }
    return "";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
