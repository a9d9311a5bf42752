package io.openqpr.storage.store;

import io.openqpr.model.CodeId;
import io.openqpr.model.QprCode;
import io.openqpr.model.ScannableCode;
import io.openqpr.model.Template;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// QPR codes.
public interface CodeStore {

  /// Adds an active code; its number is the next free one.
  ///
  /// @return empty, and nothing changed, when the short id is taken
  Optional<QprCode> create(NewCode code);

  /// Which of these short ids are taken, by whatever account.
  Set<String> taken(Collection<String> shortIds);

  /// Adds many at once. Short ids must be free.
  ///
  /// @return in the order given
  List<QprCode> createAll(List<NewCode> codes);

  /// Codes of all accounts behind a number, by number, deleted ones too.
  List<QprCode> afterNumber(int number, int limit);

  /// Adds codes of another store as they are, with their numbers; those whose number is there
  /// already are left as they are.
  void restore(List<QprCode> codes);

  /// Those of these short ids, of all accounts, deleted ones too; short ids that do not exist are
  /// left out. For whoever scans: not held up by other questions.
  Map<String, ScannableCode> byShortIds(Collection<String> shortIds);

  /// The account's code, also one that was deleted; another account's is as absent as one that does
  /// not exist.
  Optional<QprCode> byId(int account, CodeId id);

  /// The codes of this id among the account's, deleted ones too; those that do not exist are left
  /// out.
  List<QprCode> byIds(int account, Collection<CodeId> ids);

  /// Changes a code; what the function throws leaves it as it is. Reference and [QprCode#createdAt]
  /// stay what they are.
  ///
  /// @return as it is now; empty when the account has no such code, or deleted it
  Optional<QprCode> update(int account, CodeId id, UnaryOperator<QprCode> change);

  /// Codes newest first (by creation, then id).
  Page page(CodeFilter filter, PageRequest page);

  /// The earliest [QprCode#scansSince] of the account's codes; empty when it has none.
  Optional<Instant> scansSince(int account);

  /// @param total how many codes the filter matches, whatever page was asked for
  record Page(List<QprCode> codes, long total) {}

  record NewCode(
      int account,
      CodeId id,
      String shortId,
      String name,
      String prompt,
      @Nullable String welcomeMessage,
      @Nullable Template template,
      @Nullable String conversationUrl,
      String metadata,
      Instant createdAt) {}
}
