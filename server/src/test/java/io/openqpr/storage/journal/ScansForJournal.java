package io.openqpr.storage.journal;

import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import io.openqpr.storage.store.Moment;
import io.openqpr.storage.store.PageRequest;
import io.openqpr.storage.store.ScanFilter;
import io.openqpr.storage.store.ScanPage;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.storage.store.Tally;
import io.openqpr.storage.store.TallyQuestion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A store that a journal brings its events to, and of which it asks nothing else.
abstract class ScansForJournal implements ScanStore {

  @Override
  public final int loadNew(int account, List<Scan> scans) {
    throw notForTheJournal();
  }

  @Override
  public final void each(ScanFilter filter, Consumer<List<Scan>> sink) {
    throw notForTheJournal();
  }

  @Override
  public final void load(List<Scan> scans) {
    throw notForTheJournal();
  }

  @Override
  public final ScanPage page(ScanFilter filter, PageRequest page) {
    throw notForTheJournal();
  }

  @Override
  public final Optional<Scan> find(int account, ScanId id) {
    throw notForTheJournal();
  }

  @Override
  public final Map<Integer, Long> countByCode(int account, Collection<Integer> codes) {
    throw notForTheJournal();
  }

  @Override
  public final Tally tally(TallyQuestion question) {
    throw notForTheJournal();
  }

  @Override
  public final <T> T atOneMoment(Function<Moment, T> questions) {
    throw notForTheJournal();
  }

  private static AssertionError notForTheJournal() {
    return new AssertionError("not for the journal");
  }
}
