package io.openqpr.storage.journal;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Place;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import java.nio.ByteBuffer;
import java.time.Instant;

/// A new scan as bytes, its conversation not begun: the fields in order, then its texts.
final class ScanBytes {

  private static final int NUMBERS = 4 + 4 + 8 + 1 + 8;

  private final Scan scan;
  private final byte[][] texts;

  ScanBytes(Scan scan) {
    this.scan = scan;
    Place place = scan.place();
    Details details = scan.details();
    this.texts =
        new byte[][] {
          TextBytes.of(scan.id().text()),
          TextBytes.of(scan.code().id().text()),
          TextBytes.of(scan.code().shortId()),
          TextBytes.of(place.country()),
          TextBytes.of(place.region()),
          TextBytes.of(place.city()),
          TextBytes.of(scan.metadata()),
          TextBytes.of(details.os()),
          TextBytes.of(details.browser()),
          TextBytes.of(details.language()),
          TextBytes.of(details.referrer()),
          TextBytes.of(details.params().equals(Details.NO_PARAMS) ? null : details.params())
        };
  }

  int size() {
    return NUMBERS + TextBytes.size(texts);
  }

  void put(ByteBuffer out) {
    out.putInt(scan.code().number()).putInt(scan.code().account());
    out.putLong(scan.scannedAt().toEpochMilli());
    out.put((byte) scan.device().stored()).putLong(scan.deviceKey());
    for (byte[] text : texts) {
      TextBytes.put(out, text);
    }
  }

  static Scan read(ByteBuffer in) {
    return read(in, true);
  }

  /// As the first version wrote them.
  static Scan readWithoutDetails(ByteBuffer in) {
    return read(in, false);
  }

  private static Scan read(ByteBuffer in, boolean withDetails) {
    int number = in.getInt();
    int account = in.getInt();
    Instant scannedAt = Instant.ofEpochMilli(in.getLong());
    DeviceKind device = DeviceKind.fromStored(in.get());
    long deviceKey = in.getLong();
    var id = new ScanId(TextBytes.read(in));
    var code = new CodeRef(number, account, new CodeId(TextBytes.read(in)), TextBytes.read(in));
    var place =
        new Place(
            TextBytes.readNullable(in), TextBytes.readNullable(in), TextBytes.readNullable(in));
    String metadata = TextBytes.read(in);
    Details details = withDetails ? readDetails(in) : Details.NONE;
    return new Scan(
        id, code, scannedAt, place, device, deviceKey, Conversation.NONE, details, metadata);
  }

  private static Details readDetails(ByteBuffer in) {
    String os = TextBytes.readNullable(in);
    String browser = TextBytes.readNullable(in);
    String language = TextBytes.readNullable(in);
    String referrer = TextBytes.readNullable(in);
    String params = TextBytes.readNullable(in);
    return new Details(
        os, browser, language, referrer, params == null ? Details.NO_PARAMS : params);
  }
}
