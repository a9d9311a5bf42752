package io.openqpr.storage.journal;

import java.io.IOException;
import java.nio.file.Path;

/// A file of the journal cannot be used at all.
final class DamagedFileException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedFileException(Path file, String why) {
    super(file + ": " + why);
  }
}
