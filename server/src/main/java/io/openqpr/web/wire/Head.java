package io.openqpr.web.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A request's line and headers, whole and well-formed; texts are made when they are asked for.
final class Head {

  private final byte[] bytes;
  private final String method;
  private final Target target;
  private final boolean oldVersion;

  /// Of each header: where its name begins and ends, and its value.
  private final int[] fields;

  private Head(byte[] bytes, String method, Target target, boolean oldVersion, int[] fields) {
    this.bytes = bytes;
    this.method = method;
    this.target = target;
    this.oldVersion = oldVersion;
    this.fields = fields;
  }

  /// @param bytes lines that end with CR and LF, and an empty one; a copy is kept
  static Head parse(byte[] bytes, int from, int to) throws RefusedException {
    byte[] own = new byte[to - from];
    System.arraycopy(bytes, from, own, 0, own.length);
    int lineEnd = Grammar.lineEnd(own, 0);
    int methodEnd = Grammar.tokenEnd(own, 0);
    int targetEnd = Grammar.targetEnd(own, methodEnd + 1);
    if (methodEnd == 0
        || own[methodEnd] != ' '
        || targetEnd == methodEnd + 1
        || own[targetEnd] != ' ') {
      throw RefusedException.malformed();
    }
    boolean oldVersion = Grammar.isOldVersion(own, targetEnd + 1, lineEnd);
    var method = new String(own, 0, methodEnd, StandardCharsets.US_ASCII);
    Target target = Target.parse(own, methodEnd + 1, targetEnd);
    return new Head(own, method, target, oldVersion, Grammar.fields(own, lineEnd + 2));
  }

  String method() {
    return method;
  }

  Target target() {
    return target;
  }

  /// Whether it came as HTTP/1.0.
  boolean isOldVersion() {
    return oldVersion;
  }

  /// The first header of this name, in any case of its letters.
  Optional<String> first(String name) {
    for (int i = 0; i < fields.length; i += 4) {
      if (isNamed(i, name)) {
        return Optional.of(value(i));
      }
    }
    return Optional.empty();
  }

  /// All of this name, in the order they came.
  List<String> all(String name) {
    List<String> all = List.of();
    for (int i = 0; i < fields.length; i += 4) {
      if (isNamed(i, name)) {
        all = all.isEmpty() ? new ArrayList<>(2) : all;
        all.add(value(i));
      }
    }
    return all;
  }

  private boolean isNamed(int field, String name) {
    int start = fields[field];
    if (fields[field + 1] - start != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (lower(bytes[start + i]) != lower((byte) name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }

  private String value(int field) {
    return Grammar.text(bytes, fields[field + 2], fields[field + 3]);
  }

  /// Whether a list header names this, in any case.
  boolean lists(String name, String token) {
    for (String value : all(name)) {
      for (String element : value.split(",", -1)) {
        if (element.strip().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }
}
