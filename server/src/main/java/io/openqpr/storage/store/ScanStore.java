package io.openqpr.storage.store;

import io.openqpr.model.Scan;
import io.openqpr.model.ScanId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Scans: the raw rows are the only truth, every number is counted from them when it is asked for.
public interface ScanStore {

  /// How far the journal of this name has been applied: the position given to the last [#apply], 0
  /// before the first. What it tells is on disk: no crash of the store takes it back. Where one
  /// took back what [#apply] had done before, it tells the earlier position.
  ///
  /// @throws JournalTakenException when it was the caller's and another server has taken it: where
  ///   that one stands says nothing of the caller's events
  long appliedPosition(String journal);

  /// What the store knows of the journal of this name; empty before it was first asked for its
  /// position or taken.
  Optional<JournalEntry> journal(String journal);

  /// @param token of the start that took the journal last; null before the first
  record JournalEntry(long position, @Nullable String token) {}

  /// The names of the journals with which this store was used, where it belongs to one server, so
  /// that they were all that server's; none where others may have theirs here.
  List<String> ownJournals();

  /// From now on the journal is the caller's, who alone may [#apply] what is in it: another server
  /// that took it before, because its files are a copy, is refused from then on.
  ///
  /// @param before the token that the store has, as was just told
  /// @throws JournalTakenException when it has another one meanwhile
  void take(String journal, @Nullable String before, String token);

  /// Writes events in order and moves the journal's position, all in one transaction: after a crash
  /// both are there or neither. What they are for the [FeedStore] is written with them. Called by
  /// one thread at a time for each journal.
  ///
  /// @param position not before that of the last event
  /// @return whether all of it is on disk. If not, readers of all servers see it, but a crash of
  ///   the store may still take it back: keep the events until [#appliedPosition] has told this
  ///   position
  /// @throws StoreException also when the store is no longer where the last call left it
  /// @throws JournalTakenException when another server took the journal
  boolean apply(String journal, long position, List<PlacedEvent> events);

  /// Adds scans at once, past the journal, in one durable transaction; meant for batches of up to a
  /// million. Moves the codes' [io.openqpr.model.QprCode#scansSince] back where scans are older.
  void load(List<Scan> scans);

  /// As [#load], but leaves out scans whose id the account has already, whatever else they say.
  ///
  /// @param scans all of this account, no id twice
  /// @return how many were added
  int loadNew(int account, List<Scan> scans);

  /// Hands over all scans that match, newest first, some thousand at a time and in constant memory,
  /// on the caller's thread. Nothing of the store is held while the sink works, however long: those
  /// handed over together are of one moment, and scans newer than the first are left out. What the
  /// sink throws ends it.
  void each(ScanFilter filter, Consumer<List<Scan>> sink);

  /// One page, newest first: by time descending, then id descending. Page and total are of one
  /// moment.
  ScanPage page(ScanFilter filter, PageRequest page);

  Optional<Scan> find(int account, ScanId id);

  /// How many scans each of these codes has; codes without scans are absent.
  Map<Integer, Long> countByCode(int account, Collection<Integer> codes);

  /// Asks several questions of one moment. They are asked while the function runs, on the caller's
  /// thread, and hold a connection of the store until it ends.
  <T> T atOneMoment(Function<Moment, T> questions);

  /// All counts of one analytics answer, of one moment.
  Tally tally(TallyQuestion question);
}
