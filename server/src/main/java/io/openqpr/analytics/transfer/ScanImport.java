package io.openqpr.analytics.transfer;

import io.openqpr.model.Scan;
import io.openqpr.platform.HeapShare;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.web.http.Problem;
import io.openqpr.web.http.Problem.FieldError;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One import, from the first line to the report. Lines are taken in batches, each loaded in one
/// transaction while the next is read: whatever ends an import, whole batches are there, and the
/// same file sent again adds the rest.
final class ScanImport {

  /// How many imports run at once, so that all they hold is within its share.
  static final int AT_ONCE = 2;

  /// Lines of a batch, at the most.
  private static final int BATCH = 100_000;

  /// One batch is read while the one before is loaded, which takes a half more for a while.
  private static final int HELD_FOR_EACH = 3;

  /// What a line takes beside its longer texts.
  private static final int LINE_BYTES = 700;

  private static final int CODES_TOLD = 50;

  private final long maxBatchBytes = HeapShare.IMPORTS.bytes() / AT_ONCE / HELD_FOR_EACH;
  private final int account;
  private final ScanStore store;
  private final CodeFinder codes;
  private final ScanTimes times;
  private final Executor loader;
  private final ImportReport report = new ImportReport();
  private final DeviceKeysOfImports deviceKeys = new DeviceKeysOfImports();
  private long batchBytes;
  private @Nullable CompletableFuture<Void> loading;

  ScanImport(int account, ScanStore store, CodeFinder codes, ScanTimes times, Executor loader) {
    this.account = account;
    this.times = times;
    this.store = store;
    this.codes = codes;
    this.loader = loader;
  }

  /// @throws ProblemException 400 when the file ends being usable, or names a code that nobody
  ///   knows
  ImportReport run(Lines lines) throws IOException {
    var batch = new ArrayList<Incoming>();
    try {
      Line line;
      while ((line = lines.next()) != null) {
        take(line, batch);
        if (batch.size() == BATCH || batchBytes >= maxBatchBytes) {
          load(batch);
          batch = new ArrayList<>();
          batchBytes = 0;
        }
      }
      load(batch);
      awaitLoaded();
      report.codesCreated(codes.created());
      return report;
    } catch (UnusableFileException e) {
      throw broken(String.valueOf(e.getMessage()), e.errors());
    } finally {
      settle();
    }
  }

  private void take(Line line, List<Incoming> batch) {
    switch (line) {
      case Line.Unreadable(long number, String field, String message) ->
          report.failed(number, List.of(new FieldError(field, message)));
      case Line.Values values -> {
        switch (LineReader.read(values, times)) {
          case LineReader.Outcome.Good(Incoming scan) -> {
            batch.add(scan);
            batchBytes += LINE_BYTES + scan.textBytes();
          }
          case LineReader.Outcome.Bad(List<FieldError> errors) ->
              report.failed(values.number(), errors);
        }
      }
    }
  }

  /// Begins to load the batch, when the one before is loaded.
  private void load(List<Incoming> batch) {
    if (batch.isEmpty()) {
      return;
    }
    awaitLoaded();
    List<Incoming> unknown = codes.learn(batch);
    if (!unknown.isEmpty()) {
      Incoming first = unknown.getFirst();
      throw broken(
          "Line %d names the QPR code `%s`, which your account does not have."
              .formatted(first.line(), first.code().text()),
          unknownCodes(unknown));
    }
    Map<String, Scan> scans = new LinkedHashMap<>();
    for (Incoming scan : batch) {
      scans.putIfAbsent(scan.id().text(), scan.of(codes.of(scan.code()), deviceKeys));
    }
    int lines = batch.size();
    loading =
        CompletableFuture.runAsync(
            () -> {
              int added = store.loadNew(account, List.copyOf(scans.values()));
              report.loaded(added, lines - added);
            },
            loader);
  }

  private void awaitLoaded() {
    if (loading == null) {
      return;
    }
    try {
      loading.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      loading = null;
    }
  }

  /// Nothing goes on behind an answer, not even a failed one's.
  private void settle() {
    if (loading != null) {
      loading.handle((done, failure) -> done).join();
    }
  }

  /// Each once, with the line that names it first.
  private static List<FieldError> unknownCodes(List<Incoming> scans) {
    var firstLines = new LinkedHashMap<String, Long>();
    for (Incoming scan : scans) {
      firstLines.putIfAbsent(scan.code().text(), scan.line());
    }
    return firstLines.entrySet().stream()
        .limit(CODES_TOLD)
        .map(code ->
            new FieldError(
                "qpr_code_id",
                "`%s`, first in line %d, is no code of yours: create it, or send `create_codes=true`"
                    .formatted(code.getKey(), code.getValue())))
        .toList();
  }

  private ProblemException broken(String what, List<FieldError> errors) {
    awaitLoaded();
    String state =
        report.imported() == 0
            ? "Nothing was imported."
            : "%,d scans of the lines before were imported; send the file again when it is mended, and only the rest is added."
                .formatted(report.imported());
    return new ProblemException(new Problem(Kind.BAD_REQUEST, what + " " + state, errors));
  }
}
