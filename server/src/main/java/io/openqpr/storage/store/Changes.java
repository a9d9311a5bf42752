package io.openqpr.storage.store;

import java.time.Duration;

/// Changes, heard from all servers of a store. Whoever writes announces them in the transaction of
/// the change: they are heard when it is committed, or not at all.
public interface Changes {

  /// Is told of changes, on one thread at a time; must not take long.
  interface Listener {

    /// This server's own changes too.
    void changed(Change change);

    /// Changes may have been missed: nothing that was read before this call is certain any more.
    void missed();
  }

  /// From now on, until the store is closed.
  void listen(Listener listener);

  /// How long, as things are now, what was read from the store may be taken for right: long while
  /// every change is heard, short while it may not be.
  Duration trust();

  /// Changes heard since the store was opened.
  long heard();

  /// How often hearing ended unasked.
  long lost();
}
