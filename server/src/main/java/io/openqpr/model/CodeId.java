package io.openqpr.model;

import java.util.Set;

/// The id of a QPR code: `qpr_` and a ULID for codes made here; imported ids are kept as they are.
public record CodeId(String text) {

  public static final String PREFIX = "qpr_";

  public static final int MAX_LENGTH = Ids.MAX_LENGTH;

  /// What else stands behind `/v1/qpr-codes/`.
  private static final Set<String> WORDS_OF_PATHS = Set.of("bulk");

  public CodeId {
    if (text.isEmpty() || Characters.count(text) > Ids.MAX_LENGTH) {
      throw new IllegalArgumentException("code id of " + text.length() + " characters");
    }
  }

  /// Whether a code of this id could never be asked for by it.
  public static boolean isUnreachable(String text) {
    return Ids.isUnreachable(text, WORDS_OF_PATHS);
  }
}
