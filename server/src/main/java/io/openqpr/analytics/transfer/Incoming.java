package io.openqpr.analytics.transfer;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Place;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanField;
import io.openqpr.model.ScanId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A scan as a file tells it, whose code is not looked for yet.
///
/// @param shortId that its code had elsewhere, where the file says so
record Incoming(
    long line,
    ScanId id,
    CodeId code,
    @Nullable String shortId,
    Instant scannedAt,
    Place place,
    DeviceKind device,
    Conversation conversation,
    Details details,
    String metadata) {

  /// What its longer texts take of the heap, at two bytes a character.
  int textBytes() {
    String params = ScanField.PARAMS.of(details);
    return 2 * (metadata.length() + id.text().length() + (params == null ? 0 : params.length()));
  }

  Scan of(CodeRef ref, DeviceKeysOfImports keys) {
    return new Scan(
        id, ref, scannedAt, place, device, keys.of(id), conversation, details, metadata);
  }
}
