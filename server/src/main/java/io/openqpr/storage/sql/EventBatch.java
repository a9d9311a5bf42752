package io.openqpr.storage.sql;

import io.openqpr.model.Event;
import io.openqpr.model.Event.ConversationReported;
import io.openqpr.model.Event.HitIgnored;
import io.openqpr.model.Event.ScanCaptured;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/// Events sorted by kind, to be written kind by kind: scans before the reports of them.
///
/// @param reports one for each scan, all of it merged
public record EventBatch(
    List<Scan> scans, List<IgnoredHit> hits, Collection<ConversationReported> reports) {

  public static EventBatch of(List<Event> events) {
    var scans = new ArrayList<Scan>(events.size());
    var hits = new ArrayList<IgnoredHit>();
    var reports = new LinkedHashMap<Reported, ConversationReported>();
    for (Event event : events) {
      switch (event) {
        case ScanCaptured captured -> scans.add(captured.scan());
        case HitIgnored ignored -> hits.add(ignored.hit());
        case ConversationReported report ->
            reports.merge(Reported.by(report), report, EventBatch::merged);
      }
    }
    return new EventBatch(scans, hits, reports.values());
  }

  /// Imported ids are unique inside an account only.
  private record Reported(int account, ScanId scan) {

    static Reported by(ConversationReported report) {
      return new Reported(report.account(), report.scan());
    }
  }

  private static ConversationReported merged(ConversationReported a, ConversationReported b) {
    return new ConversationReported(
        a.scan(),
        a.account(),
        a.code(),
        a.scannedAtMillis(),
        a.conversation().merge(b.conversation()));
  }
}
