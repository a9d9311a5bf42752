package io.openqpr.capture.visitor;

import io.openqpr.model.LanguageTag;
import org.jspecify.annotations.Nullable;

/// The language that a browser asks for: of an `Accept-Language` such as `de-DE,de;q=0.9,en;q=0.8`
/// the first of those with the highest quality.
final class AcceptLanguage {

  /// A browser lists a handful.
  private static final int MOST_RANGES = 20;

  private static final int UNREADABLE = -1;

  private AcceptLanguage() {}

  /// `null` where nothing that is asked for is a language.
  static @Nullable String firstOf(String header) {
    String best = null;
    int bestQuality = 0;
    int start = 0;
    for (int i = 0; i < MOST_RANGES && start <= header.length(); i++) {
      int comma = header.indexOf(',', start);
      int end = comma < 0 ? header.length() : comma;
      int semicolon = header.indexOf(';', start);
      boolean weighted = semicolon >= 0 && semicolon < end;
      int quality = weighted ? quality(header.substring(semicolon + 1, end).strip()) : 1_000;
      if (quality > bestQuality) {
        String range = header.substring(start, weighted ? semicolon : end).strip();
        String language = LanguageTag.normalised(range);
        if (language != null) {
          best = language;
          bestQuality = quality;
        }
      }
      start = end + 1;
    }
    return best;
  }

  /// In thousandths.
  private static int quality(String text) {
    if (!text.startsWith("q=") && !text.startsWith("Q=")) {
      return UNREADABLE;
    }
    try {
      double quality = Double.parseDouble(text.substring(2).strip());
      return quality >= 0 && quality <= 1 ? (int) Math.round(quality * 1_000) : UNREADABLE;
    } catch (NumberFormatException e) {
      return UNREADABLE;
    }
  }
}
