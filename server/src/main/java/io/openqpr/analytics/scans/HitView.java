package io.openqpr.analytics.scans;

import io.openqpr.model.DeviceKind;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Scan;
import io.openqpr.web.http.RawJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An ignored hit as the API shows it.
record HitView(
    String id,
    String qprCodeId,
    String shortId,
    Instant requestedAt,
    IgnoreReason reason,
    @Nullable String bot,
    @Nullable String country,
    @Nullable String region,
    @Nullable String city,
    DeviceKind device,
    RawJson metadata) {

  static HitView of(IgnoredHit hit) {
    Scan scan = hit.asScan();
    return new HitView(
        hit.id().text(),
        scan.code().id().text(),
        scan.code().shortId(),
        scan.scannedAt(),
        hit.reason(),
        hit.bot(),
        scan.place().country(),
        scan.place().region(),
        scan.place().city(),
        scan.device(),
        new RawJson(scan.metadata()));
  }
}
