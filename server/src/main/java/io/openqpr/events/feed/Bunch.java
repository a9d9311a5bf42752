package io.openqpr.events.feed;

import io.openqpr.storage.store.FeedFilter;
import io.openqpr.storage.store.FeedPlace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Events that are told together, so ordered that each reader finds its own at once.
///
/// @param from where it begins
/// @param place where it ends
record Bunch(
    List<Telling> tellings,
    FeedPlace from,
    FeedPlace place,
    Map<Integer, List<Telling>> byCode,
    Map<Integer, List<Telling>> byAccount,
    long weight) {

  private static final int OF_EACH = 200;

  static Bunch of(List<Telling> tellings, FeedPlace from, FeedPlace place) {
    var byCode = new HashMap<Integer, List<Telling>>();
    var byAccount = new HashMap<Integer, List<Telling>>();
    long weight = 500;
    for (Telling telling : tellings) {
      byCode.computeIfAbsent(telling.code(), _ -> new ArrayList<>(2)).add(telling);
      byAccount.computeIfAbsent(telling.account(), _ -> new ArrayList<>()).add(telling);
      weight += telling.weight() + OF_EACH;
    }
    return new Bunch(tellings, from, place, byCode, byAccount, weight);
  }

  /// Those that may match; nobody else's.
  List<Telling> near(FeedFilter filter) {
    if (filter.code() != null) {
      return byCode.getOrDefault(filter.code(), List.of());
    }
    return filter.account() == null
        ? tellings
        : byAccount.getOrDefault(filter.account(), List.of());
  }

  boolean concerns(FeedFilter filter) {
    for (Telling telling : near(filter)) {
      if (telling.matches(filter)) {
        return true;
      }
    }
    return false;
  }
}
