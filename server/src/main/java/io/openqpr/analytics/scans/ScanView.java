package io.openqpr.analytics.scans;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Scan;
import io.openqpr.web.http.RawJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A scan as the API shows it; names and order are the contract's.
public record ScanView(
    String id,
    String qprCodeId,
    String shortId,
    Instant scannedAt,
    @Nullable String country,
    @Nullable String region,
    @Nullable String city,
    DeviceKind device,
    boolean conversationStarted,
    int conversationMessages,
    RawJson metadata,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DetailsView details) {

  /// Exactly the contract's fields.
  public static ScanView of(Scan scan) {
    return of(scan, false);
  }

  /// @param detailed whether its details are shown too
  public static ScanView of(Scan scan, boolean detailed) {
    return new ScanView(
        scan.id().text(),
        scan.code().id().text(),
        scan.code().shortId(),
        scan.scannedAt(),
        scan.place().country(),
        scan.place().region(),
        scan.place().city(),
        scan.device(),
        scan.conversation().started(),
        scan.conversation().messages(),
        new RawJson(scan.metadata()),
        detailed ? DetailsView.of(scan.details()) : null);
  }
}
