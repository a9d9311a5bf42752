package io.openqpr.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.Event;
import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.storage.store.PageRequest;
import io.openqpr.storage.store.PlacedEvent;
import io.openqpr.storage.store.ScanFilter;
import io.openqpr.storage.store.ScanPage;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.storage.store.StoreException;
import io.openqpr.storage.store.Tally;
import io.openqpr.storage.store.TallyQuestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A store that only remembers what was applied, and can be told to refuse or to stand still.
final class MemoryScans implements ScanStore {

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

  @Override
  public int loadNew(int account, List<Scan> scans) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void each(ScanFilter filter, Consumer<List<Scan>> sink) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void load(List<Scan> scans) {
    throw new AssertionError("not for the journal");
  }

  @Override
  public ScanPage page(ScanFilter filter, PageRequest page) {
    throw new AssertionError("not for the journal");
  }

  @Override
  public Optional<Scan> find(int account, ScanId id) {
    throw new AssertionError("not for the journal");
  }

  @Override
  public Map<Integer, Long> countByCode(int account, Collection<Integer> codes) {
    throw new AssertionError("not for the journal");
  }

  @Override
  public Tally tally(TallyQuestion question) {
    throw new AssertionError("not for the journal");
  }
}
