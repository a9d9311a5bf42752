package io.openqpr.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeapShareTest {

  @Test
  void allSharesTogetherLeaveAQuarterToTheRest() {
    for (long megabytes : new long[] {256, 512, 1024, 8192}) {
      long heap = megabytes << 20;
      long sum = Arrays.stream(HeapShare.values()).mapToLong(share -> share.bytesOf(heap)).sum();
      assertThat(sum).as("%d MB", megabytes).isLessThanOrEqualTo(heap / 4 * 3);
    }
  }

  @Test
  void aHeapThatIsTooSmallIsTold() {
    assertThat(HeapShare.warningOf(250L << 20)).isEmpty();
    assertThat(HeapShare.warningOf(128L << 20)).get().asString().contains("128 MB", "-Xmx256m");
  }

  @Test
  void aShareGrowsWithTheHeapUpToItsMost() {
    assertThat(HeapShare.CODES.bytesOf(HeapShare.SMALLEST_HEAP)).isEqualTo(12L << 20);
    assertThat(HeapShare.CODES.bytesOf(2 * HeapShare.SMALLEST_HEAP)).isEqualTo(24L << 20);
    assertThat(HeapShare.CODES.bytesOf(1L << 40)).isEqualTo(64L << 20);
  }
}
