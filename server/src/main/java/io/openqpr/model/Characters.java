package io.openqpr.model;

/// How long texts are: in characters as Unicode and JSON Schema count them, so that an emoji is one
/// and not two.
public final class Characters {

  private Characters() {}

  public static int count(String text) {
    return text.codePointCount(0, text.length());
  }
}
