package io.openqpr.storage.postgres;

/// What connections are for. Each kind has its own, so that none waits behind another: a hundred
/// dashboards stand in nobody's way who scans.
enum Work {
  /// What the journal brings; one thread, and one that makes the tables for it.
  JOURNAL("journal", 2),

  /// What somebody waits for who scans, or any request before it begins: rows found by their key.
  VISITORS("look-up", 4),

  /// Lists, analytics, changes, imports.
  REQUESTS("request", 8),

  /// Exports, whose large questions follow each other.
  EXPORTS("slow-reader", 2),

  /// The server's one reader of the feed, and those who are behind.
  FEED("follower", 2);

  private final String lane;
  private final int connections;

  Work(String lane, int connections) {
    this.lane = lane;
    this.connections = connections;
  }

  /// As operators see it.
  String lane() {
    return lane;
  }

  int connections() {
    return connections;
  }
}
