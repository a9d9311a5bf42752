package io.openqpr.operations.copy;

import io.openqpr.model.Account;
import io.openqpr.model.IgnoredHit;
import io.openqpr.model.QprCode;
import io.openqpr.model.Scan;
import io.openqpr.platform.CannotStartException;
import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.platform.disk.DataDirectory;
import io.openqpr.platform.disk.Disk;
import io.openqpr.platform.disk.Secret;
import io.openqpr.storage.duckdb.DuckDbOptions;
import io.openqpr.storage.duckdb.DuckDbStore;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.journal.JournalSite;
import io.openqpr.storage.journal.Limits;
import io.openqpr.storage.postgres.PostgresStore;
import io.openqpr.storage.store.FeedPlace;
import io.openqpr.storage.store.HitFilter;
import io.openqpr.storage.store.PageRequest;
import io.openqpr.storage.store.ScanFilter;
import io.openqpr.storage.store.ScanStore.JournalEntry;
import io.openqpr.storage.store.Store;
import io.openqpr.storage.store.Webhook;
import io.openqpr.storage.store.WebhookStore.Standing;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// `qpr copy --from DIR --to URL`: accounts, keys, codes, logos, rules, scans, ignored hits,
/// webhooks and the secret of a stopped server's data directory into an empty PostgreSQL database.
/// What a copy that was broken off has left there is completed; any other data are refused. At the
/// end the scans are counted on both sides, and the journal's position goes along: a server may be
/// started with the database on the same data directory, or on a new one.
public final class StoreCopy {

  private static final int ROWS_AT_ONCE = 10_000;

  private final Store from;
  private final PostgresStore to;
  private final PrintStream out;

  private StoreCopy(Store from, PostgresStore to, PrintStream out) {
    this.from = from;
    this.to = to;
    this.out = out;
  }

  /// @throws CannotStartException when either side cannot be used, or they do not agree at the end
  public static void run(Path directory, PostgresUrl url, PrintStream out) {
    Disk disk = Disk.ofMachine();
    Path file = directory.resolve("openqpr.duckdb");
    if (!disk.exists(file)) {
      throw new CannotStartException(directory + " is no data directory of OpenQPR");
    }
    try (DataDirectory data = DataDirectory.lock(disk, directory);
        Store from = DuckDbStore.open(disk, file, DuckDbOptions.defaults())) {
      String journal = takeInJournal(disk, data, from);
      try (PostgresStore to = PostgresStore.openForCopy(url, journal)) {
        Secret secret = Secret.in(disk, directory, new SecureRandom());
        secret.shared(to::sharedSecret);
        new StoreCopy(from, to, out).copy();
        moveJournal(journal, from, to);
      }
    }
  }

  /// Opening lets the store catch up, and closing waits for it.
  ///
  /// @return its name
  private static String takeInJournal(Disk disk, DataDirectory data, Store from) {
    var site = JournalSite.of(disk, data.journal(), new SecureRandom());
    try (Journal rest = Journal.open(site, site::newName, from.scans(), Limits.DEFAULT)) {
      rest.awaitApplied();
      return rest.name();
    }
  }

  /// A server on the same directory goes on with the journal in the new store, where all that was
  /// in it has arrived.
  private static void moveJournal(String journal, Store from, PostgresStore to) {
    JournalEntry entry = from.scans().journal(journal).orElseThrow();
    to.finishCopy(journal, entry.position(), Objects.requireNonNull(entry.token()));
  }

  private void copy() {
    List<Account> accounts = from.accounts().all();
    to.accounts().restore(accounts);
    for (Account account : accounts) {
      from.accounts().keys(account.number()).reversed().forEach(to.accounts()::addKey);
      from.logos().find(account.number()).ifPresent(png -> to.logos().put(account.number(), png));
    }
    out.printf("%,d accounts%n", accounts.size());
    out.printf("%,d codes%n", copyCodes());
    for (Account account : accounts) {
      to.rules().restore(from.rules().of(account.number()));
      copyScans(account);
      copyIgnored(account);
    }
    copyWebhooks(accounts);
  }

  /// The feed there begins anew, so what was not delivered by now is told: an operator can let the
  /// server run on until nothing is left.
  private void copyWebhooks(List<Account> accounts) {
    FeedPlace there = to.feed().head();
    FeedPlace here = from.feed().head();
    int copied = 0;
    for (Account account : accounts) {
      for (Webhook webhook : from.webhooks().of(account.number()).reversed()) {
        Standing standing = from.webhooks().standing(webhook.id()).orElseThrow();
        to.webhooks().restore(webhook, there, standing.sequence());
        copied++;
        if (standing.waiting() > 0 || !standing.place().includes(here)) {
          out.printf(
              "webhook %s has not been told of everything: %,d deliveries that wait, and what came"
                  + " after them, stay behind%n",
              webhook.id(), standing.waiting());
        }
      }
    }
    out.printf("%,d webhooks%n", copied);
  }

  private long copyCodes() {
    long copied = 0;
    int last = 0;
    while (true) {
      List<QprCode> codes = from.codes().afterNumber(last, ROWS_AT_ONCE);
      if (codes.isEmpty()) {
        return copied;
      }
      to.codes().restore(codes);
      copied += codes.size();
      last = codes.getLast().ref().number();
    }
  }

  private void copyScans(Account account) {
    var all = new ScanFilter(account.number(), null, null, null);
    long total = total(from, all);
    var seen = new AtomicLong();
    from.scans()
        .each(
            all,
            scans -> {
              to.scans().loadNew(account.number(), scans);
              long now = seen.addAndGet(scans.size());
              out.printf("\r%s: %,d of %,d scans ", account.name(), now, total);
              out.flush();
            });
    out.println();
    long copied = total(to, all);
    if (copied != total) {
      throw new CannotStartException(
          "account %s has %,d scans here and %,d there: was the database used meanwhile?"
              .formatted(account.name(), total, copied));
    }
  }

  private void copyIgnored(Account account) {
    var all = new HitFilter(new ScanFilter(account.number(), null, null, null), null);
    PageRequest next = new PageRequest.AtOffset(ROWS_AT_ONCE, 0);
    List<IgnoredHit> hits;
    while (!(hits = from.hits().page(all, next).hits()).isEmpty()) {
      to.hits().restore(account.number(), hits);
      Scan last = hits.getLast().asScan();
      next = new PageRequest.Behind(ROWS_AT_ONCE, last.scannedAt(), last.id().text());
    }
  }

  private static long total(Store store, ScanFilter all) {
    return store.scans().page(all, new PageRequest.AtOffset(1, 0)).total();
  }
}
