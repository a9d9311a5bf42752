package io.openqpr.storage.journal;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Place;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanField;
import io.openqpr.model.ScanId;
import java.nio.ByteBuffer;
import java.time.Instant;

/// A new scan as bytes, its conversation not begun: the fields in order, then its texts.
final class ScanBytes {

  private static final int NUMBERS = 4 + 4 + 8 + 1 + 8;

  private static final int CORE_TEXTS = 7;

  private final Scan scan;
  private final byte[][] texts;

  ScanBytes(Scan scan) {
    this.scan = scan;
    Place place = scan.place();
    var details = ScanField.details();
    texts = new byte[CORE_TEXTS + details.size()][];
    texts[0] = TextBytes.of(scan.id().text());
    texts[1] = TextBytes.of(scan.code().id().text());
    texts[2] = TextBytes.of(scan.code().shortId());
    texts[3] = TextBytes.of(place.country());
    texts[4] = TextBytes.of(place.region());
    texts[5] = TextBytes.of(place.city());
    texts[6] = TextBytes.of(scan.metadata());
    int next = CORE_TEXTS;
    for (ScanField detail : details) {
      texts[next++] = TextBytes.of(scan.details().get(detail));
    }
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

  /// @param in at a scan, and stays there
  static int code(ByteBuffer in) {
    return in.getInt(in.position());
  }

  /// @param in at a scan, and stays there
  static int account(ByteBuffer in) {
    return in.getInt(in.position() + Integer.BYTES);
  }

  /// @param in at a scan, and stays there
  static long at(ByteBuffer in) {
    return in.getLong(in.position() + 2 * Integer.BYTES);
  }

  static Scan read(ByteBuffer in) {
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
    Details details = readDetails(in);
    return new Scan(
        id, code, scannedAt, place, device, deviceKey, Conversation.NONE, details, metadata);
  }

  /// A version that knew fewer details wrote fewer: nothing follows them in a frame.
  private static Details readDetails(ByteBuffer in) {
    return Details.of(detail -> in.hasRemaining() ? TextBytes.readNullable(in) : null);
  }
}
