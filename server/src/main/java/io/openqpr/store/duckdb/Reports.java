package io.openqpr.store.duckdb;

import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.val;

import io.openqpr.model.Event.ConversationReported;
import io.openqpr.store.sql.Schema.Scans;
import java.util.Collection;
import org.jooq.DSLContext;

/// Writes how far conversations are.
final class Reports {

  private Reports() {}

  static void write(DSLContext sql, Collection<ConversationReported> reports) {
    for (ConversationReported report : reports) {
      sql.update(Scans.TABLE)
          .set(
              Scans.CONVERSATION,
              greatest(Scans.CONVERSATION, val(report.conversation().status().ordinal())))
          .set(Scans.MESSAGES, greatest(Scans.MESSAGES, val(report.conversation().messages())))
          .where(
              Scans.ACCOUNT.eq(report.account()),
              Scans.CODE.eq(report.code()),
              Scans.SCANNED_AT.eq(report.scannedAtMillis()),
              Scans.ID.eq(report.scan().text()))
          .execute();
    }
  }
}
