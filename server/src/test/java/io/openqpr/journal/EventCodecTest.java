package io.openqpr.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openqpr.model.Conversation;
import io.openqpr.model.Event;
import io.openqpr.model.Place;
import io.openqpr.model.ScanId;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class EventCodecTest {

  @Test
  void bringsEveryFieldOfAScanBack() {
    Event event =
        new Event.ScanCaptured(SomeScans.scan(7, new Place("CH", null, "Zürich"), "{\"a\":1}"));

    assertThat(decoded(EventCodec.encode(event))).isEqualTo(event);
  }

  @Test
  void bringsAReportBack() {
    Event event =
        new Event.ConversationReported(
            new ScanId("scan_imported"),
            3,
            9,
            1_700_000_000_123L,
            new Conversation(Conversation.Status.COMPLETED, 12));

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
