package io.openqpr.analytics.transfer;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.account.Idempotency;
import io.openqpr.code.Codes;
import io.openqpr.model.Scope;
import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.Problem;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;

/// `POST /v1/scans/import`: scans in the shape of the scan object, as NDJSON or CSV, in any number.
final class ImportRoutes {

  private static final String NDJSON = "application/x-ndjson";
  private static final String CSV = "text/csv";

  private final Codes codes;
  private final ScanStore scans;
  private final Journal journal;
  private final Gate gate;
  private final Idempotency once;
  private final ScanTimes times;
  private final Executor loader = work -> Thread.ofVirtual().name("import-load").start(work);
  private final Slots slots = new Slots(ScanImport.AT_ONCE, 1);

  ImportRoutes(
      Codes codes, ScanStore scans, Journal journal, Gate gate, Idempotency once, ScanTimes times) {
    this.codes = codes;
    this.scans = scans;
    this.journal = journal;
    this.gate = gate;
    this.once = once;
    this.times = times;
  }

  Counter counter() {
    return new Counter(
        "openqpr_imports_refused_total",
        "Imports refused: another of the account, or as many as are taken, were running.",
        slots::refused);
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/scans/import", gate.guard(Scope.IMPORT, once.only(this::load))));
  }

  private Answer load(Caller caller, Request request) {
    Parameters parameters = request.parameters();
    boolean createCodes = parameters.flag("create_codes");
    ColumnNames names = ColumnNames.of(parameters);
    parameters.done();
    Format format = format(request);
    int account = caller.account();
    takeSlot(account);
    try (InputStream in = request.bodyStream()) {
      journal.awaitApplied();
      var finder = new CodeFinder(codes, account, createCodes);
      try (Lines lines = format.lines(in, names)) {
        return Answer.json(new ScanImport(account, scans, finder, times, loader).run(lines).view());
      } catch (UnusableFileException e) {
        throw new ProblemException(
            new Problem(Kind.BAD_REQUEST, e.getMessage() + " Nothing was imported.", e.errors()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      slots.giveBack(String.valueOf(account));
    }
  }

  private void takeSlot(int account) {
    switch (slots.take(String.valueOf(account))) {
      case TAKEN -> {}
      case ENOUGH_FOR_ONE ->
          throw new ProblemException(
              Kind.CONFLICT, "Another import of your account is running: send this one after it.");
      case ALL_TAKEN ->
          throw new ProblemException(
              Kind.OVERLOADED, "As many imports as this server takes are running: send it soon.");
    }
  }

  @FunctionalInterface
  private interface Format {
    Lines lines(InputStream in, ColumnNames names) throws IOException;
  }

  private static Format format(Request request) {
    String type = request.header("Content-Type").orElse("nothing").toLowerCase(Locale.ROOT);
    return switch (type.split(";", 2)[0].strip()) {
      case NDJSON, "application/ndjson" -> NdjsonLines::new;
      case CSV -> CsvLines::new;
      default ->
          throw new ProblemException(
              Kind.UNSUPPORTED_MEDIA_TYPE,
              "The body must be scans as `Content-Type: %s` or `%s`.".formatted(NDJSON, CSV));
    };
  }
}
