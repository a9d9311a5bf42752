package io.openqpr.store.postgres;

import io.openqpr.model.Scan;
import io.openqpr.store.sql.ScanRows;
import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fastest way in: COPY, in its text format.
final class ScanCopy {

  private static final String COPY =
      "copy scans (account, code, scanned_at, id, country, region, city, device, device_key,"
          + " conversation, messages, metadata) from stdin";

  private ScanCopy() {}

  static void copy(Postgres.Session session, List<Scan> scans) {
    if (scans.isEmpty()) {
      return;
    }
    var text = new StringBuilder(scans.size() * 120);
    for (Scan scan : scans) {
      append(text, scan);
    }
    try {
      session.postgres().getCopyAPI().copyIn(COPY, new StringReader(text.toString()));
    } catch (SQLException | IOException e) {
      throw Errors.translated(e);
    }
  }

  private static void append(StringBuilder text, Scan scan) {
    text.append(scan.code().account()).append('\t');
    text.append(scan.code().number()).append('\t');
    text.append(scan.scannedAt().toEpochMilli()).append('\t');
    append(text, scan.id().text());
    append(text, scan.place().country());
    append(text, scan.place().region());
    append(text, scan.place().city());
    text.append(scan.device().stored()).append('\t');
    text.append(scan.deviceKey()).append('\t');
    text.append(scan.conversation().status().ordinal()).append('\t');
    text.append(scan.conversation().messages()).append('\t');
    append(text, ScanRows.storedMetadata(scan));
    text.setCharAt(text.length() - 1, '\n');
  }

  private static void append(StringBuilder text, @Nullable String value) {
    if (value == null) {
      text.append("\\N");
    } else {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        switch (c) {
          case '\\' -> text.append("\\\\");
          case '\t' -> text.append("\\t");
          case '\n' -> text.append("\\n");
          case '\r' -> text.append("\\r");
          default -> text.append(c);
        }
      }
    }
    text.append('\t');
  }
}
