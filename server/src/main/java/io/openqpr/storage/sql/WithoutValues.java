package io.openqpr.storage.sql;

import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// What went wrong, as it may be logged. Statements and drivers' messages carry values: device
/// keys, cities, parameters of people's visits. What is left of them is enough to find the
/// statement.
public final class WithoutValues {

  private static final int MAX_CHARS = 400;

  /// As much as one looks at: statements may have megabytes.
  private static final int MAX_READ_CHARS = 10_000;

  private static final String BEFORE_STATEMENT = "SQL [";
  private static final String BEHIND_STATEMENT = "]; ";

  /// A doubled quote in a text makes two of them out of it. What is cut off has no end.
  private static final Pattern TEXT = Pattern.compile("'[^']*+(?:'|$)");

  private static final Pattern NUMBER = Pattern.compile("(?<![\\w\".])-?\\d++(?:\\.\\d++)?");

  /// From the first quote to the last: values have quotes in them too.
  private static final Pattern QUOTED = Pattern.compile("(?s)['\"].*['\"]|['\"].*");

  private static final Pattern LONG_NUMBER = Pattern.compile("\\d{4,}");

  private WithoutValues() {}

  /// The statement that jOOQ tells failed; empty where it tells none.
  public static String statement(Exception error) {
    String text = String.valueOf(error.getMessage());
    Throwable cause = error.getCause();
    if (!(error instanceof DataAccessException)
        || cause == null
        || !text.startsWith(BEFORE_STATEMENT)) {
      return "";
    }
    int end = text.length() - String.valueOf(cause.getMessage()).length();
    end = Math.max(BEFORE_STATEMENT.length(), end - BEHIND_STATEMENT.length());
    String statement = text.substring(BEFORE_STATEMENT.length(), Math.min(end, MAX_READ_CHARS));
    String values = TEXT.matcher(statement).replaceAll("?");
    return ", in: " + cut(NUMBER.matcher(values).replaceAll("?"));
  }

  /// A message in which whatever is quoted, with what is between, and long numbers are left out.
  public static String message(String text) {
    String read = text.substring(0, Math.min(text.length(), MAX_READ_CHARS));
    String values = QUOTED.matcher(read).replaceAll("…");
    return cut(LONG_NUMBER.matcher(values).replaceAll("…")).strip();
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
  }

  /// Stands for an error whose message is not told: it was thrown at the same place.
  public static SQLException standIn(Throwable error, String message, @Nullable String state) {
    var standIn = new SQLException(message, state);
    standIn.setStackTrace(error.getStackTrace());
    return standIn;
  }
}
