package io.openqpr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.cli.Chart.Bar;
import io.openqpr.cli.Table.Column;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Tables, charts and progress, as they look.
class PicturesTest {

  @Test
  void aTableAlignsWordsAndNumbers() {
    var table = new Table(Column.text("NAME"), Column.number("SCANS"), Column.text("DAY"));
    table.row("é日本", "5", "Mon");
    table.row("b", "1,234,567", "");

    assertThat(table.lines(80))
        .containsExactly(
            "NAME       SCANS  DAY", //
            "é日本          5  Mon",
            "b      1,234,567");
  }

  @Test
  void aTableDropsWhatCanBeMissedBeforeItCuts() {
    var table =
        new Table(
            Column.flexible("NAME"),
            Column.text("LESS").missable(2),
            Column.text("LEAST").missable(1));
    table.row("a long enough name", "l1", "l2");

    assertThat(table.lines(31).getLast()).isEqualTo("a long enough name  l1    l2");
    assertThat(table.lines(26).getLast()).isEqualTo("a long enough name  l1");
    assertThat(table.lines(12).getLast()).isEqualTo("a long enou…");
    assertThat(table.lines(1).getLast()).isEqualTo("a long …");
  }

  @Test
  void barsReachAsHighAsTheirShare() {
    var chart = new Chart("Scans", "day", List.of(bar(0), bar(1), bar(64), bar(1_000)));

    List<String> lines = chart.lines(80);

    assertThat(lines)
        .containsExactly(
            "Scans per day",
            "1,000 │            ███",
            "      │            ███",
            "      │            ███",
            "      │            ███",
            "      │            ███",
            "      │            ███",
            "      │            ███",
            "      │    ▁▁▁ ▄▄▄ ███",
            "    0 └────────────────",
            "       d0         d1000");
  }

  @Test
  void aChartFitsAnyWidth() {
    for (int buckets : new int[] {1, 2, 7, 30, 90, 720, 20_000}) {
      var chart =
          new Chart("Scans", "hour", LongStream.range(0, buckets).mapToObj(i -> bar(i)).toList());
      for (int width : new int[] {40, 80, 200}) {
        assertThat(chart.lines(width))
            .as(buckets + " in " + width)
            .allMatch(line -> Text.width(line) <= width)
            .anyMatch(line -> line.contains("█") || buckets == 1);
      }
    }
  }

  @Test
  void whatIsMoreThanNothingIsSeen() {
    assertThat(Chart.horizontalBar(0.000_001, 10)).isEqualTo("▏");
    assertThat(Chart.horizontalBar(1, 3)).isEqualTo("███");
    assertThat(Chart.horizontalBar(0, 10)).isEmpty();
  }

  @Test
  void nothingPrintedMovesTheCursorOrTurnsTheText() {
    assertThat(Text.printable("a\u001b[31m\r\nb\u202Ec\u2028d")).isEqualTo("a [31m  b c d");
  }

  @Test
  void progressTellsShareAndRate() {
    var progress = new Progress(new PrintStream(new ByteArrayOutputStream()), 0, 4_000_000);
    progress.add(1_000_000);

    assertThat(progress.line(2_000_000_000L))
        .isEqualTo("[██████                  ]  25 %  1.0 MB of 4.0 MB  500.0 kB/s");
  }

  @Test
  void bytesHaveThreeDigitsOrSo() {
    assertThat(LongStream.of(0, 999, 1000, 999_949, 999_950, 12_345_678, 5_000_000_000L))
        .extracting(Text::bytes)
        .containsExactly("0 B", "999 B", "1.0 kB", "999.9 kB", "1.0 MB", "12.3 MB", "5.0 GB");
  }

  private static Bar bar(long value) {
    return new Bar("d" + value, value);
  }
}
