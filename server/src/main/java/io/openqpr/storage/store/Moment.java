package io.openqpr.storage.store;

import io.openqpr.storage.store.HitStore.HitCount;
import java.util.List;
import java.util.SortedMap;

/// The scans as they are at one moment: all that is asked of it fits together.
public interface Moment {

  /// As [ScanStore#tally].
  Tally tally(TallyQuestion question);

  /// As [HitStore#tally].
  List<HitCount> hits(TallyQuestion question);

  Counts counts(ScanRange scans);

  /// The same where the devices have been counted already, which is most of the work.
  Counts counts(ScanRange scans, long devices);

  Breakdown breakdown(BreakdownQuestion question);

  /// How many conversations have so many messages; numbers that none has are left out.
  SortedMap<Integer, Long> conversationsByMessages(ScanRange scans);

  /// The time of the newest one in milliseconds; the smallest number where there is none.
  long newest(ScanRange scans);
}
