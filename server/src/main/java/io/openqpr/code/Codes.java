package io.openqpr.code;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.openqpr.model.CodeId;
import io.openqpr.model.IdMaker;
import io.openqpr.model.QprCode;
import io.openqpr.store.CodeStore;
import io.openqpr.store.CodeStore.NewCode;
import java.time.Clock;
import java.util.Optional;

/// The codes, and a bounded memory of those that are scanned. This server is the only one that
/// changes them, so what is remembered stays right until it is changed here.
public final class Codes {

  /// At some hundred bytes each.
  private static final int REMEMBERED_CODES = 50_000;

  /// There are 887 million short ids; with ten million taken, ten tries fail once in 10^19.
  private static final int SHORT_ID_TRIES = 10;

  private final CodeStore store;
  private final IdMaker ids;
  private final Clock clock;
  private final Cache<String, Optional<QprCode>> byShortId =
      Caffeine.newBuilder().maximumSize(REMEMBERED_CODES).build();

  public Codes(CodeStore store, IdMaker ids, Clock clock) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
  }

  /// Unknown short ids are remembered too: whoever tries them out costs no database work twice.
  public Optional<QprCode> byShortId(String shortId) {
    return byShortId.get(shortId, store::byShortId);
  }

  public Optional<QprCode> byId(int account, CodeId id) {
    return store.byId(account, id);
  }

  CodeStore.Page page(int account, int limit, long offset) {
    return store.page(account, limit, offset);
  }

  /// Adds a code under a new id and a short id that was never used.
  public QprCode create(int account, CodeDraft draft) {
    for (int i = 0; i < SHORT_ID_TRIES; i++) {
      Optional<QprCode> created = store.create(newCode(account, draft));
      if (created.isPresent()) {
        byShortId.invalidate(created.get().ref().shortId());
        return created.get();
      }
    }
    throw new IllegalStateException("no free short id in " + SHORT_ID_TRIES + " tries");
  }

  private NewCode newCode(int account, CodeDraft draft) {
    return new NewCode(
        account,
        new CodeId(ids.next(CodeId.PREFIX)),
        ids.shortId(),
        draft.name(),
        draft.prompt(),
        draft.welcomeMessage(),
        draft.template(),
        draft.conversationUrl(),
        draft.metadata(),
        clock.instant());
  }
}
