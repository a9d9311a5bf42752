package io.openqpr;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/// Closes what was opened, last first, and goes on when one of them fails to.
final class Closer implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Closer.class.getName());

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T closeLater(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable resource = open.pop();
      try {
        resource.close();
      } catch (Exception e) {
        LOG.log(Level.ERROR, "closing " + resource.getClass().getSimpleName() + " failed", e);
      }
    }
  }
}
