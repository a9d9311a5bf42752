package io.openqpr.analytics.transfer;

import io.openqpr.code.Codes;
import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The codes of the scans that come in; makes those that are missing where the caller wishes it.
final class CodeFinder {

  /// Codes that are remembered from one batch to the next, at the most; a batch has fewer.
  private static final int MOST_KNOWN = 10_000;

  private static final int CREATED_AT_ONCE = 2_000;

  private final Codes codes;
  private final int account;
  private final boolean create;
  private final Map<CodeId, CodeRef> known = new HashMap<>();
  private int created;

  CodeFinder(Codes codes, int account, boolean create) {
    this.codes = codes;
    this.account = account;
    this.create = create;
  }

  int created() {
    return created;
  }

  /// Looks for the codes of a batch.
  ///
  /// @return the scans whose code does not exist
  List<Incoming> learn(List<Incoming> batch) {
    if (known.size() > MOST_KNOWN) {
      known.clear();
    }
    Map<CodeId, String> missing = new LinkedHashMap<>();
    for (Incoming scan : batch) {
      if (!known.containsKey(scan.code())) {
        missing.merge(scan.code(), Objects.requireNonNullElse(scan.shortId(), ""), (a, b) -> a);
      }
    }
    codes.byIds(account, missing.keySet()).forEach(this::remember);
    missing.keySet().removeAll(known.keySet());
    if (create) {
      create(missing);
    }
    var unknown = new ArrayList<Incoming>();
    for (Incoming scan : batch) {
      if (!known.containsKey(scan.code())) {
        unknown.add(scan);
      }
    }
    return unknown;
  }

  private void create(Map<CodeId, String> missing) {
    var some = new LinkedHashMap<CodeId, String>();
    for (var wanted : missing.entrySet()) {
      some.put(wanted.getKey(), wanted.getValue());
      if (some.size() == CREATED_AT_ONCE) {
        createSome(some);
        some.clear();
      }
    }
    createSome(some);
  }

  private void createSome(Map<CodeId, String> some) {
    if (!some.isEmpty()) {
      List<CodeRef> made = codes.createImported(account, some);
      made.forEach(this::remember);
      created += made.size();
    }
  }

  private void remember(CodeRef ref) {
    known.put(ref.id(), ref);
  }

  /// A code that was learned.
  CodeRef of(CodeId id) {
    return Objects.requireNonNull(known.get(id));
  }
}
