package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.values;

import io.openqpr.model.Event.ConversationReported;
import io.openqpr.model.ScanId;
import io.openqpr.storage.sql.ConversationEvents.Key;
import io.openqpr.storage.sql.ConversationEvents.State;
import io.openqpr.storage.sql.FeedRow.Place;
import io.openqpr.storage.sql.Schema.Scans;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Row6;
import org.jooq.Table;

/// Writes how far conversations are, many in one statement: `Conversation.merge` in SQL.
final class ConversationUpdates {

  private static final String REPORTED = "reported";

  private ConversationUpdates() {}

  /// How far the conversations of these scans are; scans that do not exist are left out.
  ///
  /// @param reports one for each scan
  static Map<Key, State> states(DSLContext sql, Collection<ConversationReported> reports) {
    var states = new HashMap<Key, State>();
    for (List<ConversationReported> some : Chunks.of(reports)) {
      Table<?> reported = table(some);
      sql.select(
              Scans.ACCOUNT,
              Scans.ID,
              Scans.CONVERSATION,
              Scans.MESSAGES,
              Scans.FEED_LINE,
              Scans.FEED_POSITION)
          .from(Scans.TABLE.join(reported).on(sameScan(reported)))
          .where(inTheirTime(some))
          .forEach(row -> {
            Integer line = row.get(Scans.FEED_LINE);
            Place place = line == null ? null : new Place(line, row.get(Scans.FEED_POSITION));
            states.put(
                new Key(row.get(Scans.ACCOUNT), new ScanId(row.get(Scans.ID))),
                new State(ScanRows.conversation(row), place));
          });
    }
    return states;
  }

  /// @param reports at most one for each scan
  static void write(DSLContext sql, Collection<ConversationReported> reports) {
    for (List<ConversationReported> some : Chunks.of(reports)) {
      Table<?> reported = table(some);
      sql.update(Scans.TABLE)
          .set(Scans.CONVERSATION, greatest(Scans.CONVERSATION, of(reported, Scans.CONVERSATION)))
          .set(Scans.MESSAGES, greatest(Scans.MESSAGES, of(reported, Scans.MESSAGES)))
          .from(reported)
          .where(sameScan(reported), inTheirTime(some))
          .execute();
    }
  }

  private static Condition sameScan(Table<?> reported) {
    return Scans.ACCOUNT
        .eq(of(reported, Scans.ACCOUNT))
        .and(Scans.CODE.eq(of(reported, Scans.CODE)))
        .and(Scans.SCANNED_AT.eq(of(reported, Scans.SCANNED_AT)))
        .and(Scans.ID.eq(of(reported, Scans.ID)));
  }

  /// Follows from [#sameScan], and lets the engine skip the blocks of other days.
  private static Condition inTheirTime(List<ConversationReported> reports) {
    var times =
        reports.stream().mapToLong(ConversationReported::scannedAtMillis).summaryStatistics();
    return Scans.SCANNED_AT.between(inline(times.getMin()), inline(times.getMax()));
  }

  private static Table<?> table(List<ConversationReported> reports) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Row6<Integer, Integer, Long, String, Integer, Integer>[] rows =
        reports.stream()
            .map(report ->
                row(
                    inline(report.account()),
                    inline(report.code()),
                    inline(report.scannedAtMillis()),
                    inline(report.scan().text()),
                    inline(report.conversation().status().ordinal()),
                    inline(report.conversation().messages())))
            .toArray(Row6[]::new);
    return values(rows)
        .as(
            REPORTED,
            "r_account",
            "r_code",
            "r_scanned_at",
            "r_id",
            "r_conversation",
            "r_messages");
  }

  private static <T> Field<T> of(Table<?> reported, Field<T> column) {
    return field(name(reported.getName(), "r_" + column.getName()), column.getDataType());
  }
}
