package io.openqpr.storage.journal;

import io.openqpr.model.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// What was given to a journal and what was answered: what must, may and must not be in the store.
final class Answers {

  private final Set<String> given = new HashSet<>();
  private final Set<String> durable = new HashSet<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<String> erased = new HashSet<>();
  private final Map<String, Integer> messages = new HashMap<>();
  private final Map<String, Integer> mostMessages = new HashMap<>();
  private boolean someLost;

  static String idOf(Event event) {
    return switch (event) {
      case Event.ScanCaptured captured -> captured.scan().id().text();
      case Event.HitIgnored ignored -> ignored.hit().asScan().id().text();
      case Event.ConversationReported reported -> "report of " + reported.scan().text();
    };
  }

  void given(Event event) {
    switch (event) {
      case Event.ScanCaptured captured -> given.add(captured.scan().id().text());
      case Event.HitIgnored ignored -> given.add(ignored.hit().asScan().id().text());
      case Event.ConversationReported reported ->
          mostMessages.merge(reported.scan().text(), reported.conversation().messages(), Math::max);
    }
  }

  void told(Event event, Receipt receipt) {
    switch (event) {
      case Event.ScanCaptured captured -> told(captured.scan().id().text(), receipt);
      case Event.HitIgnored ignored -> told(ignored.hit().asScan().id().text(), receipt);
      case Event.ConversationReported reported -> {
        if (receipt == Receipt.DURABLE && durable.contains(reported.scan().text())) {
          messages.merge(reported.scan().text(), reported.conversation().messages(), Math::max);
        }
      }
    }
  }

  private void told(String id, Receipt receipt) {
    switch (receipt) {
      case DURABLE -> durable.add(id);
      case QUEUE_FULL, BACKLOG_FULL, CLOSED -> refused.add(id);
      case DISK_FAILED -> {} // it may be there all the same
    }
  }

  void erased(String id) {
    erased.add(id);
  }

  /// Repeatable, whatever order the set has.
  String anyOf(Collection<String> ids, RandomGenerator random) {
    List<String> sorted = new ArrayList<>(ids);
    Collections.sort(sorted);
    return sorted.get(random.nextInt(sorted.size()));
  }

  /// Whether an operator was told that something cannot be read.
  void someMayBeLost(boolean told) {
    someLost = told;
  }

  /// What is not there now was told to be lost.
  void forgetLost(Set<String> rows) {
    durable.removeIf(id -> !rows.contains(id) && !erased.contains(id));
    messages.clear();
  }

  void compare(Map<String, SimulatedStore.Row> rows) {
    for (var row : rows.entrySet()) {
      String id = row.getKey();
      must(given.contains(id), id, "was never given");
      must(row.getValue().times() == 1, id, "is there more than once");
      must(!refused.contains(id), id, "was refused");
      must(!erased.contains(id), id, "was erased and came back");
      must(
          row.getValue().messages() <= mostMessages.getOrDefault(id, 0),
          id,
          "has messages that nobody reported");
      must(
          someLost || row.getValue().messages() >= messages.getOrDefault(id, 0),
          id,
          "has lost a report");
    }
    for (String id : durable) {
      must(someLost || rows.containsKey(id) || erased.contains(id), id, "was answered and is lost");
    }
  }

  private static void must(boolean so, String id, String otherwise) {
    if (!so) {
      throw new AssertionError(id + " " + otherwise);
    }
  }
}
