package io.openqpr.model;

/// The id of a QPR code: `qpr_` and a ULID for codes made here; imported ids are kept as they are.
public record CodeId(String text) {

  public static final String PREFIX = "qpr_";

  public static final int MAX_LENGTH = Ids.MAX_LENGTH;

  public CodeId {
    if (text.isEmpty() || text.length() > Ids.MAX_LENGTH) {
      throw new IllegalArgumentException("code id of " + text.length() + " characters");
    }
  }
}
