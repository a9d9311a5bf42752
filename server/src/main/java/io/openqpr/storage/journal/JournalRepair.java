package io.openqpr.storage.journal;

import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.disk.Disk;
import io.openqpr.storage.journal.Survey.Damage;
import io.openqpr.storage.journal.Survey.Stretch;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.storage.store.ScanStore.JournalEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes a journal usable that a start refuses, on an operator's word: what is sound goes into the
/// store, the rest is told, the old files are set aside and a new one is begun. Broken off, it can
/// be run again.
public final class JournalRepair {

  private final JournalSite site;
  private final ScanStore store;
  private final Limits limits;
  private final List<String> report = new ArrayList<>();

  private JournalRepair(JournalSite site, ScanStore store, Limits limits) {
    this.site = site;
    this.store = store;
    this.limits = limits;
  }

  /// @param newName for a journal whose name is lost to the store too
  /// @return what was done and what is lost, a line each
  /// @throws CannotStartException when the files cannot be read or written, or are of a newer
  ///   version
  public static List<String> run(
      JournalSite site, Supplier<String> newName, ScanStore store, Limits limits) {
    try {
      return new JournalRepair(site, store, limits).repaired(newName);
    } catch (IOException e) {
      throw new CannotStartException("the journal cannot be repaired: " + e.getMessage());
    }
  }

  private List<String> repaired(Supplier<String> newName) throws IOException {
    site.disk().makeDirectories(site.directory());
    var unusable = new ArrayList<DamagedFileException>();
    Segments segments = Segments.in(site.disk(), site.directory(), unusable);
    unusable.forEach(damage -> report.add("unusable: " + damage.getMessage()));
    Identity found = identity();
    if (found != null) {
      segments
          .leaveOutOldOnes(found.since())
          .forEach(damage -> report.add("unusable: " + damage.getMessage()));
    }
    Identity identity =
        found == null ? new Identity(name(newName), Long.MAX_VALUE, List.of()) : found;
    Optional<JournalEntry> entry = store.journal(identity.name());
    boolean ofThisStore =
        entry.isPresent()
            && (entry.get().token() == null
                || found == null
                || found.tokens().contains(entry.get().token()));
    long end = store.appliedPosition(identity.name());
    Admission.take(site, store, identity);
    if (ofThisStore) {
      end = takeIn(identity.name(), segments, end);
    } else if (!segments.isEmpty()) {
      report.add(
          found == null
              ? "nothing was taken in: the journal's name is lost, by which the store knows what it has"
              : "nothing was taken in: the files do not belong to this database");
    }
    begin(end);
    Admission.take(site, store, identity.upgradedAt(end));
    return report;
  }

  private @Nullable Identity identity() throws IOException {
    try {
      return Identity.read(site.disk(), site.directory());
    } catch (DamagedFileException e) {
      report.add("unusable: " + e.getMessage());
      return null;
    }
  }

  /// The name is in the files or in the store, where no other server has its journal there.
  private String name(Supplier<String> newName) {
    List<String> own = store.ownJournals();
    return own.size() == 1 ? own.getFirst() : newName.get();
  }

  /// @return where the journal goes on: behind everything that ever was in it, as far as is known
  private long takeIn(String name, Segments segments, long applied) throws IOException {
    Survey survey = Survey.of(segments, applied);
    var reader = new FrameReader(segments);
    long events = 0;
    for (Stretch stretch : survey.sound()) {
      long position = stretch.from();
      while (position < stretch.to()) {
        FrameReader.Read read =
            reader.read(position, stretch.to(), limits.appliedEvents(), limits.appliedBytes());
        if (read.end() == position) {
          throw new IOException("%s changes while it is read".formatted(site.directory()));
        }
        store.apply(name, read.end(), read.events());
        events += read.events().size();
        position = read.end();
      }
    }
    if (segments.isEmpty()) {
      report.add(
          "lost: all files behind position %d are missing (how much was there is unknown)"
              .formatted(applied));
    }
    report.add("%,d scans and reports were taken into the store".formatted(events));
    for (Damage damage : survey.damages()) {
      report.add(
          "lost: %s at position %d: %s (%s)"
              .formatted(
                  damage.file(), damage.position(), damage.what(), Admission.size(survey, damage)));
    }
    long end = Math.max(applied, survey.end());
    store.apply(name, end, List.of());
    store.appliedPosition(name); // on disk, before the files go
    return end;
  }

  private void begin(long end) throws IOException {
    Disk disk = site.disk();
    Path aside = asideFor();
    int moved = 0;
    for (Path file : disk.list(site.directory())) {
      if (file.getFileName().toString().endsWith(Segments.SUFFIX)) {
        if (moved == 0) {
          disk.makeDirectories(aside);
        }
        disk.move(file, aside.resolve(file.getFileName()));
        moved++;
      }
    }
    if (moved > 0) {
      // Before the directory that they are gone from, which the new file's making syncs.
      disk.syncDirectory(aside);
      report.add(
          "%d old files are in %s; delete them when you do not need them".formatted(moved, aside));
    }
    Segments.in(disk, site.directory())
        .create(end, site.random().nextLong(), disk.buffer(limits.aheadBytes()))
        .close();
    report.add("the journal goes on at position %d; start the server".formatted(end));
  }

  private Path asideFor() {
    for (int number = 1; ; number++) {
      Path aside = site.directory().resolve("repaired-" + number);
      if (!site.disk().exists(aside)) {
        return aside;
      }
    }
  }
}
