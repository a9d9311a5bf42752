package io.openqpr.storage.store;

/// The engine could not answer. What the caller did wrong is never told this way.
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public enum Kind {
    /// Too much is asked at once, or a question took too long: ask again later.
    BUSY,
    /// The engine is away or out of space: it may come back.
    UNAVAILABLE,
    /// A statement failed for another reason: a bug, or damaged data.
    BROKEN
  }

  private final Kind kind;

  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
