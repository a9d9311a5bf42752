package io.openqpr.code;

import io.openqpr.model.Characters;
import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import io.openqpr.model.IdMaker;
import io.openqpr.model.QprCode;
import io.openqpr.model.ScannableCode;
import io.openqpr.platform.HeapShare;
import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.memory.Gathering;
import io.openqpr.storage.memory.Memory;
import io.openqpr.storage.memory.Weight;
import io.openqpr.storage.store.Change;
import io.openqpr.storage.store.Changes;
import io.openqpr.storage.store.CodeFilter;
import io.openqpr.storage.store.CodeStore;
import io.openqpr.storage.store.CodeStore.NewCode;
import io.openqpr.storage.store.PageRequest;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The codes, and a bounded memory of those that are scanned.
public final class Codes {

  /// There are 887 million short ids; with ten million taken, ten tries fail once in 10^19.
  private static final int SHORT_ID_TRIES = 10;

  /// What stands in a URL as it is.
  private static final Pattern USABLE_SHORT_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /// What a code takes beside its texts.
  private static final int CODE_BYTES = 120;

  /// How long somebody who scans may wait for news of a code.
  private static final Duration PATIENCE = Duration.ofMillis(700);

  /// And how long where nothing is known of it: without an answer they have to come again.
  private static final Duration PATIENCE_FOR_NEW = Duration.ofMillis(1_500);

  private final CodeStore store;
  private final IdMaker ids;
  private final Clock clock;
  private final Memory<Optional<ScannableCode>> memory;

  public Codes(CodeStore store, Changes changes, IdMaker ids, Clock clock) {
    this.store = store;
    var gathering = new Gathering<>(asked(store), Optional.<ScannableCode>empty());
    this.memory =
        new Memory<>(
            HeapShare.CODES,
            code -> code.map(Codes::weight).orElse(0),
            Change.Kind.CODE,
            changes,
            gathering::of);
    this.ids = ids;
    this.clock = clock;
  }

  private static Function<Collection<String>, Map<String, Optional<ScannableCode>>> asked(
      CodeStore store) {
    return shortIds -> {
      var found = new HashMap<String, Optional<ScannableCode>>();
      store.byShortIds(shortIds).forEach((shortId, code) -> found.put(shortId, Optional.of(code)));
      return found;
    };
  }

  private static int weight(ScannableCode code) {
    return CODE_BYTES
        + Weight.of(
            code.ref().id().text(),
            code.ref().shortId(),
            code.name(),
            code.welcomeMessage(),
            code.conversationUrl(),
            code.metadata());
  }

  /// People who scan do not notice that the store is away, as long as the code is remembered. What
  /// can be nobody's short id is not looked for.
  ///
  /// @throws io.openqpr.storage.store.StoreException when nothing is known of the short id, and the
  ///   store does not answer soon
  public Optional<ScannableCode> byShortId(String shortId) {
    if (!isPossible(shortId)) {
      return Optional.empty();
    }
    return memory.getWithin(PATIENCE, PATIENCE_FOR_NEW, shortId);
  }

  private static boolean isPossible(String shortId) {
    return USABLE_SHORT_ID.matcher(shortId).matches();
  }

  public Counter counter() {
    return new Counter(
        "openqpr_codes_unanswered_total",
        "Scan URLs answered with 503: never asked for before, and the store did not answer.",
        memory::unanswered);
  }

  /// Also one that was deleted: its scans stay.
  public Optional<QprCode> byId(int account, CodeId id) {
    return store.byId(account, id);
  }

  CodeStore.Page page(CodeFilter filter, PageRequest page) {
    return store.page(filter, page);
  }

  /// Adds a code under a new id and a short id that was never used.
  public QprCode create(int account, CodeDraft draft) {
    for (int i = 0; i < SHORT_ID_TRIES; i++) {
      Optional<QprCode> created = store.create(newCode(account, newId(), draft, ids.shortId()));
      if (created.isPresent()) {
        memory.forget(created.get().ref().shortId());
        return created.get();
      }
    }
    throw new IllegalStateException("no free short id in " + SHORT_ID_TRIES + " tries");
  }

  /// Adds many codes at once, or none.
  List<QprCode> createAll(int account, List<CodeDraft> drafts) {
    Iterator<String> shortIds = freeShortIds(drafts.size()).iterator();
    return added(
        drafts.stream().map(draft -> newCode(account, newId(), draft, shortIds.next())).toList());
  }

  /// References of the account's codes of these ids, deleted ones too.
  public List<CodeRef> byIds(int account, Collection<CodeId> ids) {
    return store.byIds(account, ids).stream().map(QprCode::ref).toList();
  }

  /// Adds codes that lived elsewhere before, under their own ids, and their own short ids where
  /// those are usable and free. Nothing is known of them but that.
  ///
  /// @param shortIds by id, empty where it is not known
  public List<CodeRef> createImported(int account, Map<CodeId, String> shortIds) {
    var wanted = new HashSet<String>(shortIds.values());
    wanted.removeIf(shortId -> !USABLE_SHORT_ID.matcher(shortId).matches());
    wanted.removeAll(store.taken(wanted));
    Iterator<String> fresh = freeShortIds(shortIds.size()).iterator();
    var codes = new ArrayList<NewCode>();
    shortIds.forEach((id, shortId) -> {
      String free = wanted.remove(shortId) ? shortId : fresh.next();
      codes.add(newCode(account, id, CodeDraft.imported(id), free));
    });
    return added(codes).stream().map(QprCode::ref).toList();
  }

  private List<QprCode> added(List<NewCode> codes) {
    List<QprCode> created = store.createAll(codes);
    created.forEach(code -> memory.forget(code.ref().shortId()));
    return created;
  }

  private Set<String> freeShortIds(int count) {
    var free = new HashSet<String>();
    while (free.size() < count) {
      var some = new HashSet<String>();
      for (int i = free.size(); i < count; i++) {
        some.add(ids.shortId());
      }
      some.removeAll(store.taken(some));
      free.addAll(some);
    }
    return free;
  }

  /// @return as it is now; empty when the account has no such code
  Optional<QprCode> update(int account, CodeId id, UnaryOperator<QprCode> change) {
    Optional<QprCode> changed = store.update(account, id, change);
    changed.ifPresent(code -> memory.forget(code.ref().shortId()));
    return changed;
  }

  private CodeId newId() {
    return new CodeId(ids.next(CodeId.PREFIX));
  }

  private NewCode newCode(int account, CodeId id, CodeDraft draft, String shortId) {
    return new NewCode(
        account,
        id,
        shortId,
        draft.name(),
        draft.prompt(),
        draft.welcomeMessage(),
        draft.template(),
        draft.conversationUrl(),
        draft.metadata(),
        clock.instant());
  }

  /// The account's code of this id, also one that was deleted: its scans stay.
  ///
  /// @throws ProblemException 404 where there is none, or it is another account's
  public QprCode require(int account, String id) {
    return byId(account, id(id)).orElseThrow(Codes::absent);
  }

  static CodeId id(String text) {
    if (text.isEmpty() || Characters.count(text) > CodeId.MAX_LENGTH) {
      throw absent();
    }
    return new CodeId(text);
  }

  static ProblemException absent() {
    return new ProblemException(
        Kind.NOT_FOUND,
        "There is no QPR code with this id in your account; list them at /v1/qpr-codes.");
  }
}
