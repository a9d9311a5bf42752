package io.openqpr.model;

import java.time.Instant;

/// One real person's device opened a code's scan URL once. Immutable, but for its conversation.
///
/// @param scannedAt to the millisecond
/// @param deviceKey the pseudonymous fingerprint by which distinct devices are counted; never
///   leaves the server
/// @param details more about the visit; never part of the scan object unless asked for
/// @param metadata the code's metadata as it was at that moment, a JSON object as text
public record Scan(
    ScanId id,
    CodeRef code,
    Instant scannedAt,
    Place place,
    DeviceKind device,
    long deviceKey,
    Conversation conversation,
    Details details,
    String metadata) {

  /// The same, its conversation being so far.
  public Scan with(Conversation other) {
    return new Scan(id, code, scannedAt, place, device, deviceKey, other, details, metadata);
  }
}
