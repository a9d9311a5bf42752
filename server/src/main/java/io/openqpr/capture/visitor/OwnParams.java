package io.openqpr.capture.visitor;

import io.openqpr.model.Characters;
import io.openqpr.model.Details;
import io.openqpr.model.Params;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The parameters of the scan URL itself, such as `?utm_source=poster&p.table=12`. A person who
/// scans is never told that they are wrong: what cannot be kept is left out.
///
/// Kept are the first [Params#MOST] names, in the order given, each with its first value; values
/// are cut to [Params#LONGEST] characters, longer names left out. Control characters are taken out,
/// what is no UTF-8 becomes U+FFFD, and a percent sign that escapes nothing stays one. Left out are
/// the numbers by which advertisers follow single clicks.
final class OwnParams {

  /// No character takes more than twelve of a URL: what is behind these would be cut anyway.
  private static final int LONGEST_RAW = Params.LONGEST * 12;

  private static final Set<String> CLICK_IDS =
      Set.of(
          "_hsenc",
          "dclid",
          "fbclid",
          "gbraid",
          "gclid",
          "igsh",
          "igshid",
          "li_fat_id",
          "mc_eid",
          "msclkid",
          "rdt_cid",
          "scclid",
          "ttclid",
          "twclid",
          "wbraid",
          "yclid");

  private OwnParams() {}

  /// As [Details#params] has them.
  static String of(String rawQuery) {
    if (rawQuery.isEmpty()) {
      return Details.NO_PARAMS;
    }
    Map<String, String> params = new LinkedHashMap<>();
    int start = 0;
    while (start < rawQuery.length() && params.size() < Params.MOST) {
      int ampersand = rawQuery.indexOf('&', start);
      int end = ampersand < 0 ? rawQuery.length() : ampersand;
      take(rawQuery.substring(start, end), params);
      start = end + 1;
    }
    return Params.json(params);
  }

  private static void take(String pair, Map<String, String> params) {
    int equals = pair.indexOf('=');
    String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
    if (!name.isEmpty() && Characters.count(name) <= Params.LONGEST && !CLICK_IDS.contains(name)) {
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      params.putIfAbsent(name, first(value, Params.LONGEST));
    }
  }

  private static String decoded(String raw) {
    String text = cut(raw, LONGEST_RAW);
    boolean plain = text.indexOf('%') < 0 && text.indexOf('+') < 0;
    return clean(plain ? text : URLDecoder.decode(escaped(text), StandardCharsets.UTF_8));
  }

  /// With every percent sign that escapes nothing escaped itself.
  private static String escaped(String text) {
    var escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(c);
      if (c == '%' && !(isHex(text, i + 1) && isHex(text, i + 2))) {
        escaped.append("25");
      }
    }
    return escaped.toString();
  }

  private static boolean isHex(String text, int i) {
    return i < text.length() && text.charAt(i) < 0x80 && Character.digit(text.charAt(i), 16) >= 0;
  }

  private static String clean(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    var clean = new StringBuilder(text.length());
    text.chars().filter(c -> !Character.isISOControl(c)).forEach(c -> clean.append((char) c));
    return clean.toString();
  }

  private static String first(String text, int characters) {
    return Characters.count(text) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters));
  }

  /// Never between the two halves of one character.
  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }
}
