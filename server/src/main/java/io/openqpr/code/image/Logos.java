package io.openqpr.code.image;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.openqpr.platform.HeapShare;
import io.openqpr.storage.store.LogoStore;
import java.time.Duration;
import java.util.Optional;

/// The accounts' logos, and a bounded memory of those that are drawn.
final class Logos {

  /// What remembering a logo takes beside its file.
  private static final int OVERHEAD_BYTES = 200;

  /// How long a logo that another server changed may still be drawn.
  private static final Duration REMEMBERED_FOR = Duration.ofSeconds(5);

  private final LogoStore store;
  private final Cache<Integer, Optional<Logo>> remembered =
      Caffeine.newBuilder()
          .maximumWeight(HeapShare.LOGOS.bytes())
          .weigher((Integer account, Optional<Logo> logo) ->
              OVERHEAD_BYTES + logo.map(l -> l.png().length).orElse(0))
          .expireAfterWrite(REMEMBERED_FOR)
          .build();

  Logos(LogoStore store) {
    this.store = store;
  }

  Optional<Logo> find(int account) {
    return remembered.get(account, number -> store.find(number).map(Logo::of));
  }

  void put(int account, Logo logo) {
    store.put(account, logo.png());
    remembered.invalidate(account);
  }

  /// @return whether there was one
  boolean remove(int account) {
    boolean removed = store.remove(account);
    remembered.invalidate(account);
    return removed;
  }
}
