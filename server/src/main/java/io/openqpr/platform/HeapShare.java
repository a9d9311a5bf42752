package io.openqpr.platform;

import java.util.Optional;

/// What parts of the server may hold of the heap, in bytes: one list, so that it can be added up. A
/// quarter of the smallest heap is left to the program itself, and to the collector.
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
  PICTURES(4, 64),
  /// Pictures while they are drawn, and logos while they are read.
  DRAWING(36, 36),
  /// Large pictures on their way out.
  PICTURES_SENT(8, 64),
  /// Bodies of requests, what is made of them, and the answers.
  REQUESTS(40, 512),
  /// Events that wait for the journal's disk.
  EVENTS_QUEUED(6, 32),
  /// Events on their way from the journal to the store.
  EVENTS_APPLIED(12, 64),
  /// Lines of imports on their way to the store.
  IMPORTS(17, 384),
  /// Scans of exports on their way out.
  EXPORTS(12, 96),
  /// Connections that wait.
  CONNECTIONS(14, 80),
  /// Heads of requests that are longer than most.
  HEADS(4, 32),
  /// The feed's last events, for those who follow it, and those on their way there.
  FEED(2, 64),
  /// Events of the past, for those who are behind.
  FEED_PAGES(1, 48),
  /// Bodies on their way to webhooks.
  WEBHOOKS(2, 64);

  /// The smallest heap for which shares are made: a server wants no less.
  public static final long SMALLEST_HEAP = 256L << 20;

  private static final int PARTS = 256;

  /// Some collectors leave a part of the heap out when they are asked.
  private static final double COUNTED = 0.9;

  private final int parts;
  private final long most;

  /// @param parts of 256: megabytes of the smallest heap
  /// @param most in megabytes
  HeapShare(int parts, long most) {
    this.parts = parts;
    this.most = most << 20;
  }

  /// What the operator is to be told of this process's heap; empty where it is large enough.
  public static Optional<String> warning() {
    return warningOf(Runtime.getRuntime().maxMemory());
  }

  static Optional<String> warningOf(long heap) {
    if (heap >= COUNTED * SMALLEST_HEAP) {
      return Optional.empty();
    }
    return Optional.of(
        "the heap has %d MB and should have %d or more: give the server more, such as JAVA_OPTS=-Xmx%dm"
            .formatted(heap >> 20, SMALLEST_HEAP >> 20, SMALLEST_HEAP >> 20));
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
