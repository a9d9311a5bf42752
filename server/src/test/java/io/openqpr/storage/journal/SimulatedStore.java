package io.openqpr.storage.journal;

import io.openqpr.model.Event;
import io.openqpr.storage.store.JournalTakenException;
import io.openqpr.storage.store.PlacedEvent;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.StoreException.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A store in memory with what the applier needs: transactions that happen whole or not at all,
/// fail, or are committed though their answer is lost; and, where it is one that others share,
/// commits that are visible before they are on disk, which a crash takes back.
final class SimulatedStore extends ScansForJournal {

  /// @param times how often it was added
  /// @param messages of its conversation
  record Row(int times, int messages) {}

  private final RandomGenerator random;
  private final boolean shared;
  private final Map<String, Row> rows = new HashMap<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private double failing;
  private @Nullable String name;
  private @Nullable String token;
  private long position;

  /// Where the caller knows it to be.
  private long told;

  SimulatedStore(RandomGenerator random, boolean shared) {
    this.random = random;
    this.shared = shared;
  }

  Map<String, Row> rows() {
    return rows;
  }

  /// @param rate of what is asked, from 0 to 1
  void failAt(double rate) {
    failing = rate;
  }

  /// What was not on disk yet never was.
  void crash() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }

  /// A durable transaction, and all before it.
  void erase(String id) {
    mayFail();
    rows.remove(id);
    undo.clear();
    mayLoseItsAnswer();
  }

  private void mayFail() {
    if (failing > 0 && random.nextDouble() < failing) {
      throw new StoreException(random.nextBoolean() ? Kind.BUSY : Kind.UNAVAILABLE, "not now");
    }
  }

  private void mayLoseItsAnswer() {
    if (failing > 0 && random.nextDouble() < failing) {
      throw new StoreException(Kind.UNAVAILABLE, "the connection broke; it was committed");
    }
  }

  @Override
  public Optional<JournalEntry> journal(String journal) {
    mayFail();
    return journal.equals(name) ? Optional.of(new JournalEntry(position, token)) : Optional.empty();
  }

  @Override
  public List<String> ownJournals() {
    mayFail();
    return shared || name == null ? List.of() : List.of(name);
  }

  @Override
  public void take(String journal, @Nullable String before, String next) {
    mayFail();
    if (name == null || !name.equals(journal)) {
      name = journal;
      position = 0;
      token = null;
    }
    if (!Objects.equals(token, before)) {
      throw new JournalTakenException(journal);
    }
    token = next;
    undo.clear();
    mayLoseItsAnswer();
  }

  @Override
  public long appliedPosition(String journal) {
    mayFail();
    undo.clear();
    told = journal.equals(name) ? position : 0;
    return told;
  }

  @Override
  public boolean apply(String journal, long next, List<PlacedEvent> events) {
    mayFail();
    if (!journal.equals(name)) {
      throw new AssertionError("applied to a journal that was not taken");
    }
    if (position != told) {
      throw new StoreException(Kind.UNAVAILABLE, "the store has lost its last moments");
    }
    long before = position;
    undo.push(() -> position = before);
    position = next;
    var reports = new ArrayList<Event.ConversationReported>();
    for (PlacedEvent placed : events) {
      switch (placed.event()) {
        case Event.ScanCaptured captured -> add(captured.scan().id().text());
        case Event.HitIgnored ignored -> add(ignored.hit().asScan().id().text());
        case Event.ConversationReported reported -> reports.add(reported);
      }
    }
    for (Event.ConversationReported reported : reports) {
      report(reported.scan().text(), reported.conversation().messages());
    }
    if (!shared) {
      undo.clear();
    }
    mayLoseItsAnswer();
    told = next;
    return !shared;
  }

  private void add(String id) {
    set(id, rows.containsKey(id) ? new Row(rows.get(id).times() + 1, 0) : new Row(1, 0));
  }

  private void report(String id, int messages) {
    Row row = rows.get(id);
    if (row != null && row.messages() < messages) {
      set(id, new Row(row.times(), messages));
    }
  }

  private void set(String id, Row row) {
    Row before = rows.put(id, row);
    undo.push(() -> {
      if (before == null) {
        rows.remove(id);
      } else {
        rows.put(id, before);
      }
    });
  }
}
