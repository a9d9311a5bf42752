package io.openqpr.store;

import io.openqpr.model.CodeId;
import io.openqpr.model.QprCode;
import io.openqpr.model.Template;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// QPR codes.
public interface CodeStore {

  /// Adds an active code; its number is the next free one.
  ///
  /// @return empty, and nothing changed, when the short id is taken
  Optional<QprCode> create(NewCode code);

  /// Adds many at once, for bulk loads. Short ids must be free.
  ///
  /// @return in the order given
  List<QprCode> createAll(List<NewCode> codes);

  Optional<QprCode> byShortId(String shortId);

  /// The account's code; another account's is as absent as one that does not exist.
  Optional<QprCode> byId(int account, CodeId id);

  /// The account's codes, newest first (by creation, then id).
  Page page(int account, int limit, long offset);

  /// The earliest [QprCode#scansSince] of the account's codes; empty when it has none.
  Optional<Instant> scansSince(int account);

  /// @param total of all the account's codes
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
