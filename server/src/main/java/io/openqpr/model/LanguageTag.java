package io.openqpr.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names of languages as BCP 47 has them, no finer than language, script and region: `de`, `pt-BR`,
/// `zh-Hant-TW`. What may come behind these is so rare that it tells one person from others.
public final class LanguageTag {

  private static final int LONGEST = 35; // what RFC 5646 advises to make room for
  private static final Pattern TAG =
      Pattern.compile(
          "([a-zA-Z]{2,3})(?:-([a-zA-Z]{4}))?(?:-([a-zA-Z]{2}|[0-9]{3}))?(?:-[a-zA-Z0-9]{1,8})*");

  private LanguageTag() {}

  /// In the usual letters, without variants and extensions; `null` when it is no tag.
  public static @Nullable String normalised(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    Matcher tag = TAG.matcher(text);
    if (!tag.matches()) {
      return null;
    }
    String language = tag.group(1).toLowerCase(Locale.ROOT);
    String script = tag.group(2);
    String region = tag.group(3);
    return language
        + (script == null ? "" : "-" + capitalised(script))
        + (region == null ? "" : "-" + region.toUpperCase(Locale.ROOT));
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT)
        + word.substring(1).toLowerCase(Locale.ROOT);
  }
}
