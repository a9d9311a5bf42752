package io.openqpr.web.http;

import java.math.BigDecimal;
import tools.jackson.databind.node.DecimalNode;

/// A number of a JSON text that remembers how it was written: `1.10` is no `1.1` to whoever wrote
/// it, and `1e400` is more than a double holds.
final class WrittenNumber extends DecimalNode {

  private static final long serialVersionUID = 1;

  /// More digits before the point than an integer of any field has.
  private static final int MANY_DIGITS = 20;

  private final String text;

  /// @throws NumberFormatException when the exponent has more digits than an int
  WrittenNumber(String text) {
    super(new BigDecimal(text));
    this.text = text;
  }

  String text() {
    return text;
  }

  /// Whether it is a whole number from `min` to `max`: `6.0` and `6e0` are 6 (JSON Schema, 6.1.1).
  boolean isWholeBetween(int min, int max) {
    // The digits are looked at first: 1e999999999 takes a gigabyte when it is written out.
    return (_value.signum() == 0 || _value.precision() - (long) _value.scale() <= MANY_DIGITS)
        && _value.compareTo(BigDecimal.valueOf(min)) >= 0
        && _value.compareTo(BigDecimal.valueOf(max)) <= 0
        && _value.stripTrailingZeros().scale() <= 0;
  }
}
