package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.values;

import io.openqpr.model.Event.ConversationReported;
import io.openqpr.storage.sql.Schema.Scans;
import java.util.Collection;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Row6;
import org.jooq.Table;

/// Writes how far conversations are, many in one statement: `Conversation.merge` in SQL.
public final class ConversationUpdates {

  private static final String REPORTED = "reported";

  private ConversationUpdates() {}

  /// @param reports at most one for each scan
  public static void write(DSLContext sql, Collection<ConversationReported> reports) {
    for (List<ConversationReported> some : Chunks.of(reports)) {
      Table<?> reported = table(some);
      var times =
          some.stream().mapToLong(ConversationReported::scannedAtMillis).summaryStatistics();
      sql.update(Scans.TABLE)
          .set(Scans.CONVERSATION, greatest(Scans.CONVERSATION, of(reported, Scans.CONVERSATION)))
          .set(Scans.MESSAGES, greatest(Scans.MESSAGES, of(reported, Scans.MESSAGES)))
          .from(reported)
          .where(
              Scans.ACCOUNT.eq(of(reported, Scans.ACCOUNT)),
              Scans.CODE.eq(of(reported, Scans.CODE)),
              Scans.SCANNED_AT.eq(of(reported, Scans.SCANNED_AT)),
              Scans.ID.eq(of(reported, Scans.ID)),
              // Follows from the others, and lets the engine skip the blocks of other days.
              Scans.SCANNED_AT.between(inline(times.getMin()), inline(times.getMax())))
          .execute();
    }
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
