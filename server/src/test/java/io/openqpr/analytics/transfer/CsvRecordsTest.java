package io.openqpr.analytics.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.analytics.transfer.CsvRecords.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {

  /// Comes in pieces of one to three bytes.
  private static List<CsvRecord> records(byte[] file) throws IOException {
    var in =
        new ByteArrayInputStream(file) {
          @Override
          public int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, 1 + pos % 3));
          }
        };
    return records(in);
  }

  private static List<CsvRecord> records(InputStream in) throws IOException {
    var reader = new CsvRecords(in);
    var records = new ArrayList<CsvRecord>();
    for (CsvRecord record; (record = reader.next()) != null; ) {
      records.add(record);
    }
    return records;
  }

  private static List<CsvRecord> records(String file) throws IOException {
    return records(file.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void cellsMayHoldLinesAndAllLineEndsCount() throws IOException {
    assertThat(records("a,b\r\n\"x\r\ny\r\n\",\"\"\r\rlast,\n\n1,2"))
        .containsExactly(
            new CsvRecord(1, List.of("a", "b"), null),
            new CsvRecord(2, List.of("x\r\ny\r\n", ""), null),
            new CsvRecord(6, List.of("last", ""), null),
            new CsvRecord(8, List.of("1", "2"), null));
  }

  @Test
  void aRecordOverLinesThatDoesNotFitIsTakenForOneLine() throws IOException {
    List<CsvRecord> records = records("a,b\n1,\"open\n2,x\n3,closing\",\"y\"\n4,z\n");

    assertThat(records).extracting(CsvRecord::line).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(records.get(1).mistake()).isNotNull();
    assertThat(records.get(2).cells()).containsExactly("2", "x");
    assertThat(records.get(3).mistake()).isNotNull();
    assertThat(records.get(4).cells()).containsExactly("4", "z");
  }

  @Test
  void linesOfAnyLengthAndWithoutUtf8AreToldOneByOne() throws IOException {
    byte[] long1 =
        ("a,b\n" + "x".repeat(300_000) + "\n1,ü\n\"" + "y".repeat(300_000))
            .getBytes(StandardCharsets.UTF_8);
    List<CsvRecord> records = records(new ByteArrayInputStream(long1));
    assertThat(records).extracting(CsvRecord::line).containsExactly(1L, 2L, 3L, 4L);
    assertThat(records.get(1).mistake()).contains("64 KiB");
    assertThat(records.get(2).cells()).containsExactly("1", "ü");
    assertThat(records.get(3).mistake()).contains("64 KiB");

    List<CsvRecord> latin = records("a,b\n1,ü\n2,x\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(latin.get(1).mistake()).isEqualTo("is not in UTF-8");
    assertThat(latin.get(2).cells()).containsExactly("2", "x");
    assertThat(records("")).isEmpty();
    assertThat(records("\uFEFF")).isEmpty();
  }
}
