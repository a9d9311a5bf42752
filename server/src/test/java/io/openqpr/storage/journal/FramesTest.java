package io.openqpr.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.storage.journal.Frames.SegmentHeader;
import org.junit.jupiter.api.Test;

class FramesTest {

  private static final SegmentHeader SEGMENT = new SegmentHeader(Frames.VERSION, 0, 17);

  /// A file system may show bytes of a deleted file where nothing was written yet.
  @Test
  void aFrameCountsInItsOwnFileAndPlaceOnly() {
    int here = Frames.check(SEGMENT, 100, 5, 1);

    assertThat(Frames.check(SEGMENT, 100, 5, 1)).isEqualTo(here);
    assertThat(Frames.check(new SegmentHeader(Frames.VERSION, 0, 18), 100, 5, 1))
        .isNotEqualTo(here);
    assertThat(Frames.check(SEGMENT, 101, 5, 1)).isNotEqualTo(here);
    assertThat(Frames.check(SEGMENT, 100, 6, 1)).isNotEqualTo(here);
    assertThat(Frames.check(SEGMENT, 100, 5, 2)).isNotEqualTo(here);
  }
}
