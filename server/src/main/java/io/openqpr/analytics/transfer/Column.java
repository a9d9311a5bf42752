package io.openqpr.analytics.transfer;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What a line of an import or export says of a scan: the scan object's fields, in its order, then
/// those of its details.
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
  METADATA,
  OS,
  BROWSER,
  LANGUAGE,
  REFERRER,
  PARAMS;

  /// Those of the scan object itself.
  private static final Set<Column> PLAIN = EnumSet.range(ID, METADATA);

  /// Those of its `details`, which stand behind the others.
  private static final Set<Column> DETAILS = EnumSet.range(OS, PARAMS);

  /// What JSON files call the object that holds the details.
  static final String DETAILS_NAME = "details";

  /// As files name it.
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isDetail() {
    return DETAILS.contains(this);
  }

  /// The columns of an export, in their order.
  static Set<Column> of(boolean detailed) {
    return detailed ? EnumSet.allOf(Column.class) : PLAIN;
  }

  static Map<String, Column> byText() {
    var columns = new LinkedHashMap<String, Column>();
    for (Column column : values()) {
      columns.put(column.text(), column);
    }
    return columns;
  }
}
