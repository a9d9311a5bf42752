package io.openqpr;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// All that is logged while it is open, with stack traces, from everybody.
public final class Logbook extends Handler implements AutoCloseable {

  private final Logger root = Logger.getLogger("");
  private final List<String> entries = new CopyOnWriteArrayList<>();

  public Logbook() {
    root.addHandler(this);
  }

  @Override
  public void publish(LogRecord entry) {
    var text = new StringWriter();
    Object[] parameters = entry.getParameters();
    String message = String.valueOf(entry.getMessage());
    text.append(parameters == null ? message : MessageFormat.format(message, parameters));
    if (entry.getThrown() != null) {
      text.append('\n');
      entry.getThrown().printStackTrace(new PrintWriter(text));
    }
    entries.add(text.toString());
  }

  public List<String> entries() {
    return entries;
  }

  /// Those that have this text somewhere.
  public List<String> entriesWith(String part) {
    return entries.stream().filter(entry -> entry.contains(part)).toList();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
