package io.openqpr.analytics.transfer;

import io.openqpr.model.Scan;
import java.io.IOException;
import java.util.List;

/// Writes scans to the stream it was made for, which it does not close.
interface ScanWriter extends AutoCloseable {

  void write(List<Scan> scans) throws IOException;

  /// Writes what is still held back; the file is whole then.
  void finish() throws IOException;

  /// Lets go of what was held, whether the file is whole or not.
  @Override
  default void close() {}
}
