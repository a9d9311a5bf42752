package io.openqpr.web.http;

import tools.jackson.databind.JsonNode;

/// What a JSON value is like, for checks and messages.
final class JsonNodes {

  private JsonNodes() {}

  static int depth(JsonNode node) {
    int deepest = 0;
    for (JsonNode child : node) {
      deepest = Math.max(deepest, depth(child));
    }
    return deepest + 1;
  }

  static String described(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "the text " + Quoted.of(node.stringValue());
      case NUMBER -> "the number " + Quoted.of(Json.text(node));
      case BOOLEAN -> node.booleanValue() ? "true" : "false";
      case NULL -> "null";
      case ARRAY -> "an array";
      case OBJECT, POJO -> "an object";
      case BINARY, MISSING -> "nothing";
    };
  }

  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
