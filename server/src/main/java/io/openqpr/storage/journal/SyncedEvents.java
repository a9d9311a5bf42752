package io.openqpr.storage.journal;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What just became durable, for one reader who wants it before the store has it: the frames
/// themselves, handed over group by group as they are synced. Nothing here makes the journal's
/// writer wait, even for a reader of the lowest priority: there is no lock, nobody is woken, so the
/// reader looks again and again, and what does not fit is left out. The reader sees that by the
/// positions, and finds it in the store.
public final class SyncedEvents {

  /// Of a group, beside its frames.
  private static final int GROUP_BYTES = 200;

  private static final int FRAME_BYTES = 40;

  private final Progress progress;
  private final ConcurrentLinkedQueue<Group> groups = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private volatile long mostBytes;
  private volatile long leftOut;
  private final LongAdder leftOutEvents = new LongAdder();

  SyncedEvents(Progress progress) {
    this.progress = progress;
  }

  /// @param from where it begins: the end of the group before
  record Group(long from, List<byte[]> frames, int weight) {}

  /// By the journal's writer, when [Progress] tells of it already: so whoever begins to read either
  /// sees there that a group is durable, or is handed it.
  void add(long end, List<Append> group) {
    if (mostBytes == 0) {
      return;
    }
    try {
      int length = 0;
      for (Append append : group) {
        length += append.bytes().length;
      }
      int weight = GROUP_BYTES + length + FRAME_BYTES * group.size();
      if (bytes.addAndGet(weight) > mostBytes) {
        bytes.addAndGet(-weight);
        leftOut = end;
        leftOutEvents.add(group.size());
      } else {
        groups.add(new Group(end - length, group.stream().map(Append::bytes).toList(), weight));
      }
    } catch (RuntimeException | Error e) {
      leftOut = end; // they are durable, whatever became of this
    }
  }

  /// From now on, all that becomes durable is kept, as far as it fits.
  ///
  /// @return behind what was durable before: it is not handed over, or need not be read
  public long begin(long mostBytes) {
    this.mostBytes = mostBytes;
    return progress.synced();
  }

  /// Nobody reads any more.
  public void end() {
    mostBytes = 0;
    while (next() != null) {
      // given back
    }
  }

  /// The next group, in order; `null` where none is there. One thread reads.
  public @Nullable List<SyncedEvent> next() {
    Group group = groups.poll();
    if (group == null) {
      return null;
    }
    bytes.addAndGet(-group.weight());
    return SyncedEvent.of(group.from(), group.frames());
  }

  /// Up to here something may be missing: what was handed over does not fill the journal.
  public long leftOut() {
    return leftOut;
  }

  /// How many events did not fit since the start.
  public long leftOutEvents() {
    return leftOutEvents.sum();
  }

  /// What is durable now.
  public long durable() {
    return progress.synced();
  }
}
