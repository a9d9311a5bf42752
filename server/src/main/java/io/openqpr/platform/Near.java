package io.openqpr.platform;

import java.util.Collection;
import java.util.Locale;

/// Finds what was probably meant by a misspelt name.
public final class Near {

  private Near() {}

  /// `; did you mean …?` with the nearest of the known names, or nothing when none is near: more
  /// than a third of it (and more than two letters) would have to change.
  public static String hint(String name, Collection<String> known) {
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return bestDistance <= Math.max(2, best.length() / 3) ? "; did you mean `" + best + "`?" : "";
  }

  /// Levenshtein distance, of the first 100 characters.
  private static int distance(String from, String to) {
    String a = from.substring(0, Math.min(100, from.length()));
    String b = to.substring(0, Math.min(100, to.length()));
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
