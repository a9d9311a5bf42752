package io.openqpr;

import io.openqpr.storage.journal.Limits;
import io.openqpr.web.wire.Deadlines;

/// How much waits at the most, and how long.
record Bounds(Limits journal, Deadlines deadlines) {

  Bounds(Limits journal) {
    this(journal, Deadlines.DEFAULT);
  }
}
