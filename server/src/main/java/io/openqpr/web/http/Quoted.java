package io.openqpr.web.http;

/// What came, as it is repeated in a message: not too long, nothing invisible.
final class Quoted {

  private static final int LONGEST = 60;

  private Quoted() {}

  /// In backticks.
  static String of(String text) {
    return "`" + bare(text) + "`";
  }

  static String bare(String text) {
    return bare(text, LONGEST);
  }

  static String bare(String text, int longest) {
    var shown = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), longest); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        shown.append("\\u%04x".formatted((int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.append(text.length() > longest ? "…" : "").toString();
  }
}
