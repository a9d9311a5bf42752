package io.openqpr.analytics.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records of a CSV file as RFC 4180 has them, read from bytes. Lines end with CR LF, LF or CR;
/// blank ones are left out, and so is a byte order mark before the first.
///
/// What is no record is told by the line in which it begins, and reading goes on at the next line:
/// a quote that nobody closed takes nothing with it but its own line. Used by one thread.
final class CsvRecords {

  /// Longer ones are no records; they are read over, never held.
  static final int MAX_RECORD_BYTES = 64 * 1024;

  private static final int BUFFER_BYTES = 256 * 1024;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private int at;
  private int end;
  private boolean ended;
  private boolean begun;
  private long line = 1;

  /// How many cells a record has; what the first one has.
  private int width;

  CsvRecords(InputStream in) {
    this.in = in;
  }

  /// @param line in which it begins, from 1
  /// @param mistake what is wrong with it, in words that follow its line; `null` where the cells
  ///   are good
  record CsvRecord(long line, List<String> cells, @Nullable String mistake) {}

  /// `null` at the end.
  @Nullable CsvRecord next() throws IOException {
    fill();
    while (at < end && isBlankLine()) {
      skipLine();
      fill();
    }
    if (at == end) {
      return null;
    }
    long number = line;
    try {
      return new CsvRecord(number, take(), null);
    } catch (NoRecordException e) {
      skipLine();
      return new CsvRecord(number, List.of(), e.getMessage());
    }
  }

  private static final class NoRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    NoRecordException(String message) {
      super(message, null, false, false);
    }
  }

  /// Makes sure that a whole record is in the buffer, or all that is left.
  private void fill() throws IOException {
    if (end - at >= MAX_RECORD_BYTES || ended) {
      return;
    }
    System.arraycopy(buffer, at, buffer, 0, end - at);
    end -= at;
    at = 0;
    while (end < MAX_RECORD_BYTES && !ended) {
      int read = in.read(buffer, end, buffer.length - end);
      ended = read < 0;
      end += Math.max(0, read);
    }
    if (!begun) {
      begun = true;
      int mark = BYTE_ORDER_MARK.length;
      at = end >= mark && Arrays.equals(buffer, 0, mark, BYTE_ORDER_MARK, 0, mark) ? mark : 0;
    }
  }

  private boolean isBlankLine() {
    int i = at;
    while (i < end && (buffer[i] == ' ' || buffer[i] == '\t')) {
      i++;
    }
    return i == end || isLineEnd(i);
  }

  private boolean isLineEnd(int i) {
    return buffer[i] == '\n' || buffer[i] == '\r';
  }

  /// However long it is.
  private void skipLine() throws IOException {
    while (at < end && !isLineEnd(at)) {
      at++;
      if (at == end) {
        fill();
      }
    }
    if (at < end) {
      at = behindLineEnd(at);
      line++;
    }
  }

  private int behindLineEnd(int i) {
    return buffer[i] == '\r' && i + 1 < end && buffer[i + 1] == '\n' ? i + 2 : i + 1;
  }

  /// The record that begins here; what comes behind it is next.
  private List<String> take() throws NoRecordException {
    var cells = new ArrayList<String>(width);
    int limit = Math.min(end, at + MAX_RECORD_BYTES);
    int i = at;
    while (true) {
      int from = i;
      boolean quoted = i < limit && buffer[i] == '"';
      i = quoted ? endOfQuoted(i, limit) : endOfPlain(i, limit);
      cells.add(quoted ? unquoted(from + 1, i - 1) : text(from, i));
      if (i == end || isLineEnd(i)) {
        break;
      }
      i++; // the comma
    }
    if (width == 0) {
      width = cells.size();
    } else if (cells.size() != width) {
      throw new NoRecordException(
          "has %d cells where the first line has %d".formatted(cells.size(), width));
    }
    line += linesUntil(i);
    at = i == end ? i : behindLineEnd(i);
    return cells;
  }

  /// Those that end between here and there, and the one that ends there.
  private int linesUntil(int there) {
    int lines = 1;
    for (int i = at; i < there; i++) {
      if (isLineEnd(i)) {
        lines++;
        i = behindLineEnd(i) - 1;
      }
    }
    return lines;
  }

  private int endOfPlain(int from, int limit) throws NoRecordException {
    int i = from;
    while (i < limit && buffer[i] != ',' && !isLineEnd(i)) {
      i++;
    }
    if (i == limit && limit < end) {
      throw tooLong();
    }
    return i;
  }

  private int endOfQuoted(int from, int limit) throws NoRecordException {
    int i = from + 1;
    while (true) {
      while (i < limit && buffer[i] != '"') {
        i++;
      }
      if (i == limit) {
        throw limit < end && !hasLineEnd(from, limit)
            ? tooLong()
            : new NoRecordException("has a quote that is not closed");
      }
      i++;
      if (i == limit || buffer[i] != '"') {
        break;
      }
      i++; // two quotes stand for one
    }
    if (i < end && buffer[i] != ',' && !isLineEnd(i)) {
      throw new NoRecordException("has text behind a closing quote, or a quote that is not closed");
    }
    return i;
  }

  private boolean hasLineEnd(int from, int limit) {
    for (int i = from; i < limit; i++) {
      if (isLineEnd(i)) {
        return true;
      }
    }
    return false;
  }

  private static NoRecordException tooLong() {
    return new NoRecordException("is longer than " + MAX_RECORD_BYTES / 1024 + " KiB");
  }

  private String unquoted(int from, int to) throws NoRecordException {
    String text = text(from, to);
    return text.indexOf('"') < 0 ? text : text.replace("\"\"", "\"");
  }

  private String text(int from, int to) throws NoRecordException {
    if (isAscii(from, to)) {
      return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }
    try {
      return utf8.decode(ByteBuffer.wrap(buffer, from, to - from)).toString();
    } catch (CharacterCodingException e) {
      throw new NoRecordException("is not in UTF-8");
    }
  }

  private boolean isAscii(int from, int to) {
    int or = 0;
    for (int i = from; i < to; i++) {
      or |= buffer[i];
    }
    return or >= 0;
  }
}
