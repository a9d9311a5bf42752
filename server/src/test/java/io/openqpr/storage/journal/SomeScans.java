package io.openqpr.storage.journal;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Event;
import io.openqpr.model.Place;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanField;
import io.openqpr.model.ScanId;
import java.time.Instant;

/// Scans to write and read.
final class SomeScans {

  private static final CodeRef CODE = new CodeRef(1, 1, new CodeId("qpr_one"), "abcdef");

  private static final Details DETAILS =
      Details.NONE
          .with(ScanField.OS, "iOS")
          .with(ScanField.BROWSER, "Safari")
          .with(ScanField.LANGUAGE, "de")
          .with(ScanField.PARAMS, "{\"utm_source\":\"poster\"}");

  private SomeScans() {}

  static Scan scan(int n, Place place, String metadata) {
    return new Scan(
        new ScanId("scan_" + n),
        CODE,
        Instant.ofEpochMilli(1_700_000_000_000L + n),
        place,
        DeviceKind.MOBILE,
        n * 31L,
        Conversation.NONE,
        DETAILS,
        metadata);
  }

  static Event captured(int n) {
    return new Event.ScanCaptured(scan(n, Place.UNKNOWN, "{}"));
  }
}
