package io.openqpr.storage.journal;

import io.openqpr.model.Event;
import io.openqpr.platform.disk.DiskFile;
import io.openqpr.storage.journal.Segments.Segment;
import io.openqpr.storage.store.ScanStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// The journal without its threads: the writer's and the applier's steps are made by whoever has
/// it, which is [Journal]'s threads, or one thread of a simulation.
final class EventLog {

  private static final int REWRITTEN_AT_ONCE = 1 << 16;

  final Limits limits;
  final Segments segments;
  final Progress progress;
  final String name;
  final StoreWait storeWait;
  final SyncedEvents followers;
  final GroupCommit commit;
  final Applier applier;
  final LongAdder backlogFull = new LongAdder();

  private EventLog(
      JournalSite site,
      Limits limits,
      Segments segments,
      String name,
      ScanStore store,
      Progress progress,
      DiskFile last) {
    this.name = name;
    this.limits = limits;
    this.segments = segments;
    this.progress = progress;
    this.storeWait = new StoreWait(limits.storeWait(), progress.applied(), site.nanos());
    this.applier = new Applier(name, store, segments, limits, storeWait, progress, site.nanos());
    var writer =
        new SegmentWriter(segments, limits, site, progress.synced(), last, applier::settled);
    writer.sealRecovered();
    boolean urgent = storeWait.isUsed();
    this.followers = new SyncedEvents(progress);
    this.commit =
        new GroupCommit(
            writer,
            limits.queuedEvents(),
            limits.queuedBytes(),
            position -> progress.syncedTo(position, urgent),
            followers,
            storeWait,
            site.nanos());
  }

  /// @throws IOException with one line, when files are damaged or missing, or cannot be written
  static EventLog open(JournalSite site, Supplier<String> newName, ScanStore store, Limits limits)
      throws IOException {
    site.disk().makeDirectories(site.directory());
    Segments segments = Segments.in(site.disk(), site.directory());
    Identity identity = Admission.of(site, segments, store).identity(newName, limits);
    long applied = store.appliedPosition(identity.name());
    Survey survey = Survey.of(segments, applied);
    Admission.refuseDamage(survey, site.directory());
    // Names first: a mark tells that the file behind it is there for good.
    site.disk().syncDirectory(site.directory());
    markEnds(site, segments);
    madeDurable(site, segments, applied, survey.end());
    if (segments.isEmpty() || segments.last().header().version() == 1) {
      long salt = site.random().nextLong();
      segments.create(survey.end(), salt, site.disk().buffer(limits.aheadBytes())).close();
    }
    Admission.take(site, store, identity.upgradedAt(survey.end()));
    if (store.appliedPosition(identity.name()) != applied) {
      // Whoever had the journal until now was still at work. From here on nobody else moves it.
      return open(site, newName, store, limits);
    }
    DiskFile last = site.disk().open(segments.last().file());
    return new EventLog(
        site, limits, segments, identity.name(), store, new Progress(applied, survey.end()), last);
  }

  /// A power cut may have taken the marks by which a file that is missing later is missed.
  private static void markEnds(JournalSite site, Segments segments) throws IOException {
    for (Segment segment : segments.all()) {
      long end = segments.endOf(segment);
      if (end == Long.MAX_VALUE || segment.header().version() != Frames.VERSION) {
        continue;
      }
      try (DiskFile file = site.disk().open(segment.file())) {
        file.write(Frames.mark(segment.header(), end, Frames.END), segment.offset(end));
        file.sync();
      }
    }
  }

  /// What a killed process wrote and did not sync may be all there, and gone with the next power
  /// cut: it is made durable before anybody relies on it. Written again, since a sync that failed
  /// before may have left bytes that a system takes for written, and that no later sync brings to
  /// the disk.
  private static void madeDurable(JournalSite site, Segments segments, long from, long to)
      throws IOException {
    if (segments.isEmpty()) {
      return;
    }
    Segment last = segments.last();
    try (DiskFile file = site.disk().open(last.file())) {
      ByteBuffer bytes = ByteBuffer.allocate(REWRITTEN_AT_ONCE);
      long position = Math.max(from, last.start());
      while (position < to) {
        bytes.clear().limit((int) Math.min(bytes.capacity(), to - position));
        if (file.read(bytes, last.offset(position)) <= 0) {
          throw new IOException(last.file() + " is cut short while it is read");
        }
        int read = bytes.flip().remaining();
        file.write(bytes, last.offset(position));
        position += read;
      }
      file.sync();
    }
  }

  /// Takes the event, or refuses it at once. A step of the writer answers it.
  Append offer(Event event) {
    if (isFull()) {
      backlogFull.increment();
      var refused = new Append(new byte[0]);
      refused.complete(Receipt.BACKLOG_FULL);
      return refused;
    }
    return commit.offer(EventCodec.encode(event));
  }

  boolean isFull() {
    return progress.synced() - progress.applied() > limits.backlogBytes();
  }
}
