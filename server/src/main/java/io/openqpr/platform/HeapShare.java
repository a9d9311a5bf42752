package io.openqpr.platform;

/// What each part of the server may hold of the heap, in bytes: the one list, so that it can be
/// added up. Every cache, queue, batch, body and answer is under one of these; together they leave
/// a third of the smallest heap to everything that is not counted here, such as the program itself.
///
/// Shares grow with the heap, up to what is worth having.
public enum HeapShare {
  /// Codes that are remembered for whoever scans.
  CODES(12, 64),
  /// API keys that are remembered.
  KEYS(2, 8),
  /// What accounts told to ignore.
  RULES(3, 16),
  /// User agents that were read.
  AGENTS(6, 16),
  /// What browsers ask for, that was read.
  LANGUAGES(1, 2),
  /// Who sent how much in this minute.
  SENDERS(6, 12),
  /// Logos that are drawn.
  LOGOS(4, 32),
  /// Pictures that were drawn.
  PICTURES(6, 32),
  /// Pictures and logos that are being drawn and decoded.
  DRAWING(28, 64),
  /// Bodies that came in, and what was made of them, until they are answered.
  BODIES(48, 512),
  /// Answers on their way out.
  ANSWERS(24, 256),
  /// Events that wait for the journal's disk.
  JOURNAL(8, 64),
  /// Events on their way from the journal to the store.
  APPLIED(8, 32),
  /// Lines of imports on their way to the store.
  IMPORTS(20, 384),
  /// Scans of exports on their way out.
  EXPORTS(12, 96);

  /// The smallest heap for which shares are made: a server wants no less.
  public static final long SMALLEST_HEAP = 256L << 20;

  private static final int PARTS = 256;

  private final int parts;
  private final long most;

  /// @param parts of 256: megabytes of the smallest heap
  /// @param most in megabytes
  HeapShare(int parts, long most) {
    this.parts = parts;
    this.most = most << 20;
  }

  /// Of this process's heap.
  public long bytes() {
    return bytesOf(Runtime.getRuntime().maxMemory());
  }

  /// As [#bytes], as a number that an array can have.
  public int length() {
    return Math.toIntExact(bytes());
  }

  long bytesOf(long heap) {
    return Math.min(most, heap / PARTS * parts);
  }
}
