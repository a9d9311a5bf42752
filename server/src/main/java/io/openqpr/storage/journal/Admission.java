package io.openqpr.storage.journal;

import io.openqpr.storage.journal.Survey.Damage;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.storage.store.ScanStore.JournalEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether files and store belong together: each may have been lost, restored from a backup or
/// taken from another server without the other. Then nothing is guessed: the start is refused with
/// one line.
record Admission(JournalSite site, Segments segments, ScanStore store, @Nullable Identity known) {

  private static final String REPAIR = "run `./qpr journal repair`";

  static Admission of(JournalSite site, Segments segments, ScanStore store) throws IOException {
    Identity known = Identity.read(site.disk(), site.directory());
    if (known != null) {
      List<DamagedFileException> damaged = segments.leaveOutOldOnes(known.since());
      if (!damaged.isEmpty()) {
        throw damaged.getFirst();
      }
    }
    return new Admission(site, segments, store, known);
  }

  /// The journal's, or that of a new one, which is durable then.
  Identity identity(Supplier<String> newName, Limits limits) throws IOException {
    if (known == null) {
      return begin(newName, limits);
    }
    Optional<JournalEntry> entry = store.journal(known.name());
    if (entry.isEmpty()) {
      mustBeFresh(known);
    } else {
      mustFit(known, entry.get());
    }
    return known;
  }

  private Identity begin(Supplier<String> newName, Limits limits) throws IOException {
    List<String> own = store.ownJournals();
    if (!own.isEmpty()) {
      throw new IOException(
          "%s is not the journal %s, which the database was used with: put that one back, or %s to go on without it"
              .formatted(site.directory(), own.getFirst(), REPAIR));
    }
    if (!hasNoEvent()) {
      throw new IOException(
          "%s has lost its name: put the file `%s` back, or %s"
              .formatted(site.directory(), Identity.FILE, REPAIR));
    }
    // With its first file before its name: a journal that has a name and no file has lost it.
    if (segments.isEmpty()) {
      segments.create(0, site.random().nextLong(), site.disk().buffer(limits.aheadBytes())).close();
    }
    var identity = new Identity(newName.get(), 0, List.of());
    identity.write(site.disk(), site.directory());
    return identity;
  }

  /// The store does not know it: right only where nothing was written yet, or, in a journal of the
  /// first version, nothing applied.
  private void mustBeFresh(Identity identity) throws IOException {
    boolean ofFirstVersion = identity.tokens().isEmpty();
    boolean fresh =
        segments.isEmpty()
            ? ofFirstVersion
            : segments.firstStart() == 0 && (ofFirstVersion || hasNoEvent());
    if (!fresh || !store.ownJournals().isEmpty()) {
      throw new IOException(
          "%s is the journal of another database: put that database back, or move the journal away"
              .formatted(site.directory()));
    }
  }

  private void mustFit(Identity identity, JournalEntry entry) throws IOException {
    String token = entry.token();
    if (token != null && !identity.tokens().contains(token)) {
      throw new IOException(
          "%s and the database went different ways since one of them was copied or restored: put back the two that belong together, or %s to go on without what the database does not have"
              .formatted(site.directory(), REPAIR));
    }
    boolean neverUsed = token == null && identity.tokens().isEmpty() && entry.position() == 0;
    if (segments.isEmpty() && !neverUsed) {
      throw new IOException(
          "%s has lost its files behind position %d: put them back, or %s to go on without them"
              .formatted(site.directory(), entry.position(), REPAIR));
    }
  }

  private boolean hasNoEvent() throws IOException {
    if (segments.isEmpty()) {
      return true;
    }
    Survey all = Survey.of(segments, segments.firstStart());
    return segments.firstStart() == 0 && all.sound().isEmpty() && all.damages().isEmpty();
  }

  static void refuseDamage(Survey survey, Path directory) throws IOException {
    if (survey.damages().isEmpty()) {
      return;
    }
    Damage first = survey.damages().getFirst();
    int others = survey.damages().size() - 1;
    throw new IOException(
        "%s at position %d: %s (%s)%s; put the files of %s back, or %s, which takes in what is sound"
            .formatted(
                first.file(),
                first.position(),
                first.what(),
                size(survey, first),
                others == 0 ? "" : " and %d more places".formatted(others),
                directory,
                REPAIR));
  }

  /// How much is lost, in words.
  static String size(Survey survey, Damage damage) {
    return damage.bytes() < 0
        ? "how much was there is unknown"
        : "%,d bytes, about %,d scans".formatted(damage.bytes(), survey.eventsIn(damage.bytes()));
  }

  /// From now on the journal is this start's: in its files first, then in the store.
  static void take(JournalSite site, ScanStore store, Identity identity) throws IOException {
    String before = store.journal(identity.name()).map(JournalEntry::token).orElse(null);
    String token = site.token();
    identity.taking(before, token).write(site.disk(), site.directory());
    store.take(identity.name(), before, token);
  }
}
