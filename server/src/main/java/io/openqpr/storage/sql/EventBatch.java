package io.openqpr.storage.sql;

import io.openqpr.model.Event.ConversationReported;
import io.openqpr.model.Event.HitIgnored;
import io.openqpr.model.Event.ScanCaptured;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Scan;
import io.openqpr.storage.store.PlacedEvent;
import java.util.ArrayList;
import java.util.List;

/// Events sorted by kind, to be written kind by kind: scans before the reports of them.
///
/// @param positions of the scans in their journal
public record EventBatch(
    List<Scan> scans, List<Long> positions, List<IgnoredHit> hits, List<PlacedReport> reports) {

  /// @param position behind it in its journal
  public record PlacedReport(long position, ConversationReported report) {}

  public static EventBatch of(List<PlacedEvent> events) {
    var scans = new ArrayList<Scan>(events.size());
    var positions = new ArrayList<Long>(events.size());
    var hits = new ArrayList<IgnoredHit>();
    var reports = new ArrayList<PlacedReport>();
    for (PlacedEvent placed : events) {
      switch (placed.event()) {
        case ScanCaptured captured -> {
          scans.add(captured.scan());
          positions.add(placed.position());
        }
        case HitIgnored ignored -> hits.add(ignored.hit());
        case ConversationReported report ->
            reports.add(new PlacedReport(placed.position(), report));
      }
    }
    return new EventBatch(scans, positions, hits, reports);
  }

  /// Where the scans lie in the feed, when their journal is this line.
  public ScanPlaces places(int line) {
    return new ScanPlaces(line, positions);
  }
}
