package io.openqpr.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.Event;
import io.openqpr.storage.store.PlacedEvent;
import io.openqpr.storage.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A store that only remembers what was applied, and can be told to refuse or to stand still.
final class MemoryScans extends ScansForJournal {

  private final List<Event> applied = new ArrayList<>();
  private long position;
  private @Nullable String token;
  private @Nullable StoreException refusal;

  synchronized List<Event> applied() {
    return List.copyOf(applied);
  }

  synchronized void refuse(boolean value) {
    refuseWith(
        value ? new StoreException(StoreException.Kind.UNAVAILABLE, "told to refuse") : null);
  }

  synchronized void refuseWith(@Nullable StoreException reason) {
    refusal = reason;
  }

  @Override
  public synchronized long appliedPosition(String journal) {
    return position;
  }

  @Override
  public synchronized Optional<JournalEntry> journal(String journal) {
    return token == null && position == 0
        ? Optional.empty()
        : Optional.of(new JournalEntry(position, token));
  }

  @Override
  public List<String> ownJournals() {
    return List.of();
  }

  @Override
  public synchronized void take(String journal, @Nullable String before, String next) {
    assertThat(before).isEqualTo(token);
    token = next;
  }

  @Override
  public synchronized boolean apply(String journal, long newPosition, List<PlacedEvent> events) {
    if (refusal != null) {
      throw refusal;
    }
    events.forEach(placed -> applied.add(placed.event()));
    position = newPosition;
    return true;
  }
}
