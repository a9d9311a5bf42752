package io.openqpr.demo;

import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Params;
import io.openqpr.model.Place;
import io.openqpr.model.ScanField;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What somebody's visits have in common: system, browser and language. How they came to the code
/// is another matter each time.
record Habits(@Nullable String os, @Nullable String browser, @Nullable String language) {

  private static final List<Map<String, String>> PARAMS =
      List.of(
          Map.of("utm_source", "poster"),
          Map.of("utm_source", "flyer"),
          Map.of("utm_source", "newsletter"),
          Map.of("p.table", "4"),
          Map.of("p.table", "12"));

  private static final List<String> REFERRERS =
      List.of("www.google.com", "news.example.com", "www.instagram.com", "maps.example.org");

  private static final double WITH_PARAMS_SHARE = 0.35;
  private static final double WITH_REFERRER_SHARE = 0.06;

  static Habits of(DeviceKind device, Place place, RandomGenerator random) {
    boolean apple = random.nextDouble() < 0.48;
    double dice = random.nextDouble();
    return switch (device) {
      case MOBILE ->
          apple
              ? new Habits("iOS", dice < 0.88 ? "Safari" : "Instagram", language(place, random))
              : new Habits(
                  "Android", dice < 0.8 ? "Chrome" : "Samsung Internet", language(place, random));
      case TABLET ->
          new Habits(
              apple ? "iOS" : "Android", apple ? "Safari" : "Chrome", language(place, random));
      case DESKTOP ->
          new Habits(
              apple ? "macOS" : "Windows",
              dice < 0.7 ? "Chrome" : "Firefox",
              language(place, random));
      case UNKNOWN -> new Habits(null, null, null);
    };
  }

  /// Of the country mostly; travellers keep theirs.
  private static String language(Place place, RandomGenerator random) {
    String country = place.country();
    if (country == null || random.nextDouble() < 0.12) {
      return "en";
    }
    return switch (country) {
      case "DE" -> "de-DE";
      case "CH" -> "de-CH";
      case "GB" -> "en-GB";
      case "US" -> "en-US";
      case "DK" -> "da";
      case "NL" -> "nl";
      case "FR" -> "fr-FR";
      case "SE" -> "sv";
      case "PL" -> "pl";
      case "ES" -> "es-ES";
      case "JP" -> "ja";
      default -> "en";
    };
  }

  /// Of one visit.
  Details details(RandomGenerator random) {
    boolean linked = random.nextDouble() < WITH_REFERRER_SHARE;
    boolean tagged = random.nextDouble() < WITH_PARAMS_SHARE;
    return Details.NONE
        .with(ScanField.OS, os)
        .with(ScanField.BROWSER, browser)
        .with(ScanField.LANGUAGE, language)
        .with(ScanField.REFERRER, linked ? REFERRERS.get(random.nextInt(REFERRERS.size())) : null)
        .with(
            ScanField.PARAMS,
            tagged ? Params.json(PARAMS.get(random.nextInt(PARAMS.size()))) : null);
  }
}
