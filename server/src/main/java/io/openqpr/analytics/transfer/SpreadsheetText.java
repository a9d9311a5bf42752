package io.openqpr.analytics.transfer;

/// Cells that a spreadsheet would run as a formula are defused by an apostrophe before them, which
/// spreadsheets take for "this is text". Reading takes exactly that apostrophe away again.
final class SpreadsheetText {

  private static final String DANGEROUS = "=+-@\t\r";

  private SpreadsheetText() {}

  static String defused(String cell) {
    return isFormulaBehindApostrophes(cell) ? "'" + cell : cell;
  }

  static String restored(String cell) {
    return cell.startsWith("'") && isFormulaBehindApostrophes(cell) ? cell.substring(1) : cell;
  }

  /// Also what already has apostrophes before it, so that restoring is exact.
  private static boolean isFormulaBehindApostrophes(String cell) {
    int i = 0;
    while (i < cell.length() && cell.charAt(i) == '\'') {
      i++;
    }
    return i < cell.length() && DANGEROUS.indexOf(cell.charAt(i)) >= 0;
  }
}
