package io.openqpr.transfer;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What a line of an import or export says of a scan: the scan object's fields, in its order.
enum Column {
  ID,
  QPR_CODE_ID,
  SHORT_ID,
  SCANNED_AT,
  COUNTRY,
  REGION,
  CITY,
  DEVICE,
  CONVERSATION_STARTED,
  CONVERSATION_MESSAGES,
  METADATA;

  /// As files name it.
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Map<String, Column> byText() {
    var columns = new LinkedHashMap<String, Column>();
    for (Column column : values()) {
      columns.put(column.text(), column);
    }
    return columns;
  }
}
