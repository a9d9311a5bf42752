package io.openqpr.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.model.CodeId;
import io.openqpr.model.CodeRef;
import io.openqpr.model.Conversation;
import io.openqpr.model.Details;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.Event;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.Place;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EventCodecTest {

  @Test
  void bringsEveryFieldOfAScanBack() {
    Event event =
        new Event.ScanCaptured(SomeScans.scan(7, new Place("CH", null, "Zürich"), "{\"a\":1}"));

    assertThat(decoded(EventCodec.encode(event))).isEqualTo(event);
  }

  @Test
  void bringsAnIgnoredHitBack() {
    var scan = SomeScans.scan(7, new Place("CH", null, "Zürich"), "{}");

    for (String bot : new String[] {null, "WhatsApp"}) {
      Event event = new Event.HitIgnored(new IgnoredHit(scan, IgnoreReason.PREVIEW, bot));
      assertThat(decoded(EventCodec.encode(event))).isEqualTo(event);
    }
  }

  /// A journal that the version before left behind, as it wrote it.
  @Test
  void readsAScanThatKnewNoDetails() {
    byte[] payload =
        HexFormat.of()
            .parseHex(
                "01"
                    + "00000001"
                    + "00000002"
                    + "0000018bcfe56807"
                    + "01"
                    + "00000000000000d9"
                    + "00067363616e5f37" // scan_7
                    + "00077170725f6f6e65" // qpr_one
                    + "0006616263646566" // abcdef
                    + "00024348" // CH
                    + "ffff"
                    + "00075ac3bc72696368" // Zürich
                    + "00027b7d"); // {}

    assertThat(EventCodec.decode(ByteBuffer.wrap(payload)))
        .isEqualTo(
            new Event.ScanCaptured(
                new Scan(
                    new ScanId("scan_7"),
                    new CodeRef(1, 2, new CodeId("qpr_one"), "abcdef"),
                    Instant.ofEpochMilli(1_700_000_000_007L),
                    new Place("CH", null, "Zürich"),
                    DeviceKind.MOBILE,
                    217,
                    Conversation.NONE,
                    Details.NONE,
                    "{}")));
  }

  @Test
  void bringsAReportBack() {
    Event event =
        new Event.ConversationReported(
            new ScanId("scan_imported"),
            3,
            9,
            1_700_000_000_123L,
            new Conversation(Conversation.Status.COMPLETED, 12),
            1_700_000_099_999L);

    assertThat(decoded(EventCodec.encode(event))).isEqualTo(event);
  }

  @Test
  void refusesATypeItDoesNotKnow() {
    assertThatThrownBy(() -> EventCodec.decode(ByteBuffer.wrap(new byte[] {99, 0, 0})))
        .hasMessageContaining("unknown event type 99");
  }

  @Test
  void refusesAnEventThatNoFrameHolds() {
    Event huge = new Event.ScanCaptured(SomeScans.scan(1, Place.UNKNOWN, "x".repeat(65_530)));

    assertThatThrownBy(() -> EventCodec.encode(huge)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Event decoded(byte[] frame) {
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    int payload = bytes.getInt(0);
    assertThat(payload).isEqualTo(frame.length - EventCodec.HEADER_BYTES);
    return EventCodec.decode(bytes.slice(EventCodec.HEADER_BYTES, payload));
  }
}
