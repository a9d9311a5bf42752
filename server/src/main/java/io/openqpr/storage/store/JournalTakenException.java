package io.openqpr.storage.store;

/// Another server has taken this server's journal: the data directory was copied, and both run.
/// Each would skip what the other applied, so this one must not go on.
public final class JournalTakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public JournalTakenException(String journal) {
    super(
        "another server uses the journal %s; give each server a data directory of its own, not a copy"
            .formatted(journal));
  }
}
