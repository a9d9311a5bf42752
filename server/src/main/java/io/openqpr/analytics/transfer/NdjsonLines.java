package io.openqpr.analytics.transfer;

import io.openqpr.model.ScanField;
import io.openqpr.web.http.Json;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/// One JSON object a line. Blank lines are skipped.
final class NdjsonLines implements Lines {

  /// What JSON files call the object that holds the details.
  private static final String DETAILS = "details";

  /// Longer ones are unreadable; they are read over, never held. All fields at their longest take
  /// less, each character escaped.
  private static final int MAX_LINE_BYTES = 128 * 1024;

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
      var values = new @Nullable String[ScanField.values().length];
      String strange = read(json, values, false);
      if (strange != null) {
        return new Line.Unreadable(number, strange, names.unknown(strange));
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

  /// Reads an object's fields, and those of the scan's details inside it.
  ///
  /// @return a name that nobody knows; `null` when there is none
  private @Nullable String read(JsonParser json, @Nullable String[] values, boolean insideDetails) {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      ScanField column = names.of(name);
      boolean isDetails = name.equals(DETAILS) && !insideDetails;
      if (column != null && (column.isDetail() || !insideDetails)) {
        values[column.ordinal()] = text(json);
      } else if (isDetails && value == JsonToken.START_OBJECT) {
        String strange = read(json, values, true);
        if (strange != null) {
          return strange;
        }
      } else if (names.ignoreUnknown()) {
        json.skipChildren();
      } else if (!(isDetails && value == JsonToken.VALUE_NULL)) {
        return name;
      }
    }
    return null;
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
