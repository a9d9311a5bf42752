package io.openqpr.events.feed;

import io.openqpr.analytics.scans.ScanView;
import io.openqpr.code.CodeView;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.storage.store.FeedEvent;
import java.time.Instant;

/// An event as it is told, in lists, streams and deliveries alike.
///
/// @param data the scan or the code as the API shows it, as it was just then
record EventView(String id, String type, Instant createdAt, Object data) {

  static EventView of(FeedEvent event, String publicUrl) {
    Object data =
        switch (event.subject()) {
          case FeedEvent.Subject.OfScan(Scan scan) -> ScanView.of(scan);
          case FeedEvent.Subject.OfCode(QprCode code, long scans) ->
              CodeView.of(code, scans, publicUrl);
        };
    return new EventView(event.id().text(), event.type().text(), event.createdAt(), data);
  }
}
