package io.openqpr.transfer;

import io.openqpr.http.Json;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/// One JSON object a line. Blank lines are skipped.
final class NdjsonLines implements Lines {

  /// Longer ones are unreadable; they are read over, never held.
  private static final int MAX_LINE_BYTES = 64 * 1024;

  private static final int BUFFER_BYTES = 256 * 1024;

  private final InputStream in;
  private final ColumnNames names;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final byte[] line = new byte[MAX_LINE_BYTES];
  private int at;
  private int end;
  private long number;

  NdjsonLines(InputStream in, ColumnNames names) {
    this.in = in;
    this.names = names;
  }

  @Override
  public @Nullable Line next() throws IOException {
    while (true) {
      int length = readLine();
      if (length == END) {
        return null;
      }
      number++;
      if (length == TOO_LONG) {
        return new Line.Unreadable(number, "", "is longer than " + MAX_LINE_BYTES / 1024 + " KiB");
      }
      if (!isBlank(length)) {
        return parsed(length);
      }
    }
  }

  private static final int END = -1;
  private static final int TOO_LONG = -2;

  /// Copies the next line, without its end, to the front of `line`; returns its length.
  private int readLine() throws IOException {
    int length = 0;
    boolean any = false;
    while (true) {
      if (at == end) {
        end = in.read(buffer);
        at = 0;
        if (end <= 0) {
          end = 0;
          return any ? length : END;
        }
      }
      any = true;
      int start = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      int size = at - start;
      if (length >= 0 && length + size <= MAX_LINE_BYTES) {
        System.arraycopy(buffer, start, line, length, size);
        length += size;
      } else {
        length = TOO_LONG;
      }
      if (at < end) {
        at++;
        return length;
      }
    }
  }

  private boolean isBlank(int length) {
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private Line parsed(int length) {
    try (JsonParser json = Json.parser(line, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return new Line.Unreadable(number, "", "must be a JSON object");
      }
      var values = new @Nullable String[Column.values().length];
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        Column column = names.of(name);
        if (column != null) {
          values[column.ordinal()] = text(json);
        } else if (names.ignoreUnknown()) {
          json.skipChildren();
        } else {
          return new Line.Unreadable(number, name, names.unknown(name));
        }
      }
      if (json.nextToken() != null) {
        return new Line.Unreadable(number, "", "has more than one JSON value");
      }
      return new Line.Values(number, values);
    } catch (JacksonException e) {
      String first = e.getOriginalMessage().lines().findFirst().orElse("");
      TokenStreamLocation place = e.getLocation(); // none for values that are nested too deep
      String where = place == null ? "" : " at column " + place.getColumnNr();
      return new Line.Unreadable(number, "", "is no JSON: " + first + where);
    }
  }

  private static @Nullable String text(JsonParser json) {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case START_OBJECT, START_ARRAY -> Json.compact(json);
      default -> json.getString();
    };
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
