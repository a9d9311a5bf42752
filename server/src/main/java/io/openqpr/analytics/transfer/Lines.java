package io.openqpr.analytics.transfer;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The lines of an import, one after the other.
interface Lines extends Closeable {

  /// `null` at the end.
  ///
  /// @throws UnusableFileException when nothing more can be made of the file
  @Nullable Line next() throws IOException;
}
