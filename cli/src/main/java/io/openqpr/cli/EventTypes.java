package io.openqpr.cli;

import java.util.Iterator;
import java.util.List;

/// The types of events, to be completed. Whether a type is one, the server says.
final class EventTypes implements Iterable<String> {

  private static final List<String> TYPES =
      List.of(
          "scan.created",
          "conversation.started",
          "conversation.completed",
          "qpr_code.created",
          "qpr_code.updated",
          "qpr_code.deleted");

  @Override
  public Iterator<String> iterator() {
    return TYPES.iterator();
  }
}
