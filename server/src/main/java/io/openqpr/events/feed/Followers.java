package io.openqpr.events.feed;

import io.openqpr.storage.store.FeedFilter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who follows the feed's end, by what they want to hear of: what happens to one code costs nothing
/// of those who look at others. Any thread.
final class Followers {

  private final Set<FeedWalk> all = ConcurrentHashMap.newKeySet();
  private final Map<Integer, Set<FeedWalk>> ofCodes = new ConcurrentHashMap<>();
  private final Map<Integer, Set<FeedWalk>> ofAccounts = new ConcurrentHashMap<>();
  private final Set<FeedWalk> ofEverything = ConcurrentHashMap.newKeySet();

  void add(FeedWalk walk) {
    if (all.add(walk)) {
      FeedFilter filter = walk.filter();
      if (filter.code() != null) {
        add(ofCodes, filter.code(), walk);
      } else if (filter.account() != null) {
        add(ofAccounts, filter.account(), walk);
      } else {
        ofEverything.add(walk);
      }
    }
  }

  private static void add(Map<Integer, Set<FeedWalk>> by, Integer key, FeedWalk walk) {
    by.compute(
        key,
        (_, some) -> {
          Set<FeedWalk> walks = some == null ? ConcurrentHashMap.newKeySet(2) : some;
          walks.add(walk);
          return walks;
        });
  }

  void remove(FeedWalk walk) {
    if (all.remove(walk)) {
      FeedFilter filter = walk.filter();
      if (filter.code() != null) {
        remove(ofCodes, filter.code(), walk);
      } else if (filter.account() != null) {
        remove(ofAccounts, filter.account(), walk);
      } else {
        ofEverything.remove(walk);
      }
    }
  }

  private static void remove(Map<Integer, Set<FeedWalk>> by, Integer key, FeedWalk walk) {
    by.computeIfPresent(
        key,
        (_, walks) -> {
          walks.remove(walk);
          return walks.isEmpty() ? null : walks;
        });
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /// Each of whom something in the bunch is meant.
  void each(Bunch bunch, Consumer<FeedWalk> concerned) {
    bunch.byCode().keySet().forEach(code -> each(ofCodes.get(code), bunch, concerned));
    bunch.byAccount().keySet().forEach(account -> each(ofAccounts.get(account), bunch, concerned));
    each(ofEverything, bunch, concerned);
  }

  private static void each(
      @Nullable Set<FeedWalk> walks, Bunch bunch, Consumer<FeedWalk> concerned) {
    if (walks != null) {
      for (FeedWalk walk : walks) {
        if (bunch.concerns(walk.filter())) {
          concerned.accept(walk);
        }
      }
    }
  }
}
