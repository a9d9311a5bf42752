package io.openqpr.model;

import java.util.Map;

/// A scan URL's own parameters as [Details#params] keeps them: a JSON object of texts, always
/// written in one way, so that one of them is found by [#member] in it.
public final class Params {

  /// How many are kept of a URL.
  public static final int MOST = 10;

  /// How many characters a name and a value have at most.
  public static final int LONGEST = 100;

  private Params() {}

  /// In the order of the map.
  public static String json(Map<String, String> params) {
    if (params.isEmpty()) {
      return Details.NO_PARAMS;
    }
    var json = new StringBuilder("{");
    params.forEach((name, value) -> {
      json.append(json.length() == 1 ? "" : ",");
      member(json, name, value);
    });
    return json.append('}').toString();
  }

  /// One name and value as they stand in the object, behind its brace or a comma.
  public static String member(String name, String value) {
    return member(new StringBuilder(), name, value).toString();
  }

  private static StringBuilder member(StringBuilder json, String name, String value) {
    quote(json, name);
    quote(json.append(':'), value);
    return json;
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
