package io.openqpr.web.http;

import io.openqpr.storage.store.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which page of a list was asked for: `limit`, and `offset` or `cursor`.
///
/// @param cursor where given; `offset` is 0 then
public record Paging(int limit, long offset, Optional<Cursor> cursor) {

  /// One row more than the page shows, to know whether another follows.
  public PageRequest oneMore() {
    return cursor
        .<PageRequest>map(behind -> new PageRequest.Behind(limit + 1, behind.time(), behind.id()))
        .orElseGet(() -> new PageRequest.AtOffset(limit + 1, offset));
  }

  /// What the page shows of the rows that [#oneMore] brought.
  public <T> List<T> shown(List<T> rows) {
    return rows.size() > limit ? rows.subList(0, limit) : rows;
  }

  /// The text that asks for the page behind the shown one; `null` when nothing is behind it.
  ///
  /// @param rows that [#oneMore] brought
  public <T> @Nullable String nextCursor(List<T> rows, Function<T, Cursor> place) {
    return rows.size() > limit ? place.apply(rows.get(limit - 1)).text() : null;
  }

  /// Reads `limit` and `cursor`, where there is no other way to go on; mistakes are told when the
  /// parameters are done.
  public static Paging byCursor(Parameters parameters, int defaultLimit, int maxLimit) {
    int limit = parameters.integer("limit", defaultLimit, 1, maxLimit);
    return new Paging(limit, 0, cursor(parameters));
  }

  private static Optional<Cursor> cursor(Parameters parameters) {
    Optional<String> text = parameters.text("cursor");
    Optional<Cursor> cursor = text.flatMap(Cursor::parse);
    if (text.isPresent() && cursor.isEmpty()) {
      parameters.error("cursor", "must be the `next_cursor` of the page before, unchanged");
    }
    return cursor;
  }

  /// Reads the three parameters; mistakes are told when the parameters are done.
  public static Paging of(Parameters parameters, int defaultLimit, int maxLimit) {
    int limit = parameters.integer("limit", defaultLimit, 1, maxLimit);
    Optional<Cursor> cursor = cursor(parameters);
    long offset = parameters.longInteger("offset", 0, 0, Long.MAX_VALUE);
    // Tools fill defaults in: an offset of 0 is none.
    if (parameters.has("cursor") && offset != 0) {
      parameters.error("offset", "can't be given together with `cursor`; leave one of them out");
    }
    return new Paging(limit, offset, cursor);
  }
}
