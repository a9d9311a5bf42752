package io.openqpr.storage.sql;

import static org.jooq.impl.DSL.inline;

import io.openqpr.model.Conversation;
import io.openqpr.model.Event.ConversationReported;
import io.openqpr.model.EventType;
import io.openqpr.model.ScanId;
import io.openqpr.storage.sql.EventBatch.PlacedReport;
import io.openqpr.storage.sql.FeedRow.Place;
import io.openqpr.storage.sql.Schema.FeedEvents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// What reports of conversations do: they move scans on, and the feed tells of those that begin or
/// end by it. A report of what is known already is no event; that of a scan that is gone is
/// nothing.
public final class ConversationEvents {

  private final DSLContext sql;
  private final int line;
  private final Map<Key, State> states;
  private final Map<Key, ConversationReported> merged = new LinkedHashMap<>();
  private final List<FeedRow> events = new ArrayList<>();

  private ConversationEvents(DSLContext sql, int line, Collection<ConversationReported> reports) {
    this.sql = sql;
    this.line = line;
    this.states = ConversationUpdates.states(sql, reports);
  }

  /// Imported ids are unique inside an account only.
  record Key(int account, ScanId scan) {

    static Key of(ConversationReported report) {
      return new Key(report.account(), report.scan());
    }
  }

  /// @param last the scan's latest event in the feed; `null` where it is in none
  record State(Conversation conversation, @Nullable Place last) {}

  /// Writes the reports, in the order of their positions, to scans that are there already. Nobody
  /// else may move conversations until the transaction has ended.
  ///
  /// @return the events, which are not written yet
  public static List<FeedRow> write(DSLContext sql, int line, List<PlacedReport> reports) {
    if (reports.isEmpty()) {
      return List.of();
    }
    var each = new LinkedHashMap<Key, ConversationReported>();
    reports.forEach(placed -> each.putIfAbsent(Key.of(placed.report()), placed.report()));
    var writing = new ConversationEvents(sql, line, each.values());
    writing.findBeginnings();
    reports.forEach(writing::take);
    ConversationUpdates.write(sql, writing.merged.values());
    return writing.events;
  }

  /// Conversations that are under way have begun somewhere in the feed, behind their scan.
  private void findBeginnings() {
    List<Key> open = new ArrayList<>();
    states.forEach((key, state) -> {
      if (state.conversation().status() == Conversation.Status.OPEN) {
        open.add(key);
      }
    });
    for (List<Key> some : Chunks.of(open)) {
      sql.select(FeedEvents.ACCOUNT, FeedEvents.SCAN, FeedEvents.LINE, FeedEvents.POSITION)
          .from(FeedEvents.TABLE)
          .where(
              FeedEvents.ACCOUNT.in(
                  some.stream().map(Key::account).distinct().map(a -> inline(a)).toList()),
              FeedEvents.SCAN.in(some.stream().map(key -> inline(key.scan().text())).toList()),
              FeedEvents.TYPE.eq(inline((short) EventType.CONVERSATION_STARTED.ordinal())))
          .forEach(row ->
              states.computeIfPresent(
                  new Key(row.value1(), new ScanId(row.value2())),
                  (_, state) ->
                      new State(state.conversation(), new Place(row.value3(), row.value4()))));
    }
  }

  private void take(PlacedReport placed) {
    ConversationReported report = placed.report();
    Key key = Key.of(report);
    State before = states.get(key);
    if (before == null) {
      return;
    }
    Conversation now = before.conversation().merge(report.conversation());
    boolean starts = now.started() && !before.conversation().started();
    boolean ends =
        now.status() == Conversation.Status.COMPLETED
            && before.conversation().status() != Conversation.Status.COMPLETED;
    Place last = before.last();
    if (starts) {
      // The report's own place is left for the end, which it may tell too.
      last = event(EventType.CONVERSATION_STARTED, placed.position() - 1, report, now, last);
    }
    if (ends) {
      last = event(EventType.CONVERSATION_COMPLETED, placed.position(), report, now, last);
    }
    states.put(key, new State(now, last));
    merged.put(
        key,
        new ConversationReported(
            report.scan(),
            report.account(),
            report.code(),
            report.scannedAtMillis(),
            now,
            report.reportedAtMillis()));
  }

  private Place event(
      EventType type,
      long position,
      ConversationReported report,
      Conversation now,
      @Nullable Place after) {
    events.add(
        new FeedRow(
            line,
            position,
            type,
            report.account(),
            report.code(),
            report.reportedAtMillis(),
            new FeedRow.OfScan(
                report.scan().text(), report.scannedAtMillis(), now.messages(), after),
            null));
    return new Place(line, position);
  }
}
