package io.openqpr.analytics.transfer;

import io.openqpr.model.Scan;
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

  private static final int BATCH = 100_000;

  private final int account;
  private final ScanStore store;
  private final CodeFinder codes;
  private final Executor loader;
  private final ImportReport report = new ImportReport();
  private final DeviceKeysOfImports deviceKeys = new DeviceKeysOfImports();
  private @Nullable CompletableFuture<Void> loading;

  ScanImport(int account, ScanStore store, CodeFinder codes, Executor loader) {
    this.account = account;
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
        if (batch.size() == BATCH) {
          load(batch);
          batch = new ArrayList<>();
        }
      }
      load(batch);
      awaitLoaded();
      report.codesCreated(codes.created());
      return report;
    } catch (UnusableFileException e) {
      throw broken(String.valueOf(e.getMessage()), "body", "cannot be read on");
    } finally {
      settle();
    }
  }

  private void take(Line line, List<Incoming> batch) {
    switch (line) {
      case Line.Unreadable(long number, String field, String message) ->
          report.failed(number, List.of(new FieldError(field, message)));
      case Line.Values values -> {
        switch (LineReader.read(values)) {
          case LineReader.Outcome.Good(Incoming scan) -> batch.add(scan);
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
          "qpr_code_id",
          "is no code of yours: create it, or send `create_codes=true`");
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

  private ProblemException broken(String what, String field, String message) {
    awaitLoaded();
    String state =
        report.imported() == 0
            ? "Nothing was imported."
            : "%,d scans of the lines before were imported; send the file again when it is mended, and only the rest is added."
                .formatted(report.imported());
    return new ProblemException(
        new Problem(Kind.BAD_REQUEST, what + " " + state, List.of(new FieldError(field, message))));
  }
}
