package io.openqpr.analytics.scans;

import io.openqpr.model.HostName;
import io.openqpr.model.LanguageTag;
import java.util.Locale;

/// What is said of visits, in one form each. All throw IllegalArgumentException with what would be
/// right.
public final class VisitTexts {

  private VisitTexts() {}

  public static String country(String text) {
    if (!text.matches("[A-Za-z]{2}")) {
      throw new IllegalArgumentException("must be two letters (ISO 3166-1), such as DE");
    }
    return text.toUpperCase(Locale.ROOT);
  }

  public static String language(String text) {
    String language = LanguageTag.normalised(text);
    if (language == null) {
      throw new IllegalArgumentException("must be a language such as de or pt-BR");
    }
    return language;
  }

  public static String referrer(String text) {
    String host = HostName.normalised(text);
    if (host == null) {
      throw new IllegalArgumentException("must be the name of a host, such as news.example.com");
    }
    return host;
  }
}
