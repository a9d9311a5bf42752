package io.openqpr.analytics.transfer;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.analytics.scans.DetailsView;
import io.openqpr.analytics.scans.ScanQuery;
import io.openqpr.analytics.transfer.ExportFormat.Workshop;
import io.openqpr.code.Codes;
import io.openqpr.model.Scope;
import io.openqpr.platform.metric.Counter;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.ScanFilter;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// `GET /v1/scans/export`: all scans that the list's filters match, newest first, as a file. They
/// are those that there were when it began, and never more than some thousand of them are in
/// memory.
final class ExportRoutes {

  /// The store hands scans over to no more.
  private static final int AT_ONCE = 4;

  private static final int AT_ONCE_FOR_A_KEY = 2;

  /// Until so much is written, whatever goes wrong can still be told by status.
  private static final int BUFFER_BYTES = 128 * 1024;

  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Codes codes;
  private final ScanStore scans;
  private final Journal journal;
  private final Gate gate;
  private final Clock clock;
  private final Workshop workshop;
  private final Slots slots = new Slots(AT_ONCE, AT_ONCE_FOR_A_KEY);

  /// @param workspace a directory for what has to wait on disk; made when it is needed
  ExportRoutes(
      Codes codes, ScanStore scans, Journal journal, Gate gate, Clock clock, Path workspace) {
    this.codes = codes;
    this.scans = scans;
    this.journal = journal;
    this.gate = gate;
    this.clock = clock;
    this.workshop = new Workshop(workspace, threads());
  }

  private static Executor threads() {
    // Each export waits for its own work: no more than one piece for each is ever in the queue.
    var threads =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(AT_ONCE),
            Thread.ofPlatform().daemon().name("export").factory());
    // Idle threads end by themselves: there is nothing to close.
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  Counter counter() {
    return new Counter(
        "openqpr_exports_refused_total",
        "Exports refused: as many as are allowed were running.",
        slots::refused);
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/scans/export", gate.guard(Scope.SCANS_READ, this::export)));
  }

  private Answer export(Caller caller, Request request) {
    Parameters parameters = request.parameters();
    ExportFormat format = parameters.choice("format", ExportFormat.class, ExportFormat.NDJSON);
    ScanQuery query = ScanQuery.of(parameters);
    boolean detailed = DetailsView.isAskedFor(parameters);
    parameters.done();
    ScanFilter filter =
        query.filter(caller.account(), id -> codes.require(caller.account(), id).ref().number());
    String name =
        "scans-%s.%s"
            .formatted(FILE_TIME.format(clock.instant()), format.name().toLowerCase(Locale.ROOT));
    return Answer.streamed(
        List.of(
            "Content-Type",
            format.contentType(),
            "Content-Disposition",
            "attachment; filename=\"" + name + "\"",
            "Cache-Control",
            "no-store"),
        out -> {
          takeSlot(caller.keyId());
          try {
            var buffered = new BufferedOutputStream(out, BUFFER_BYTES);
            try (ScanWriter writer = format.writer(buffered, detailed, workshop)) {
              write(filter, writer);
            }
            buffered.flush();
          } finally {
            slots.giveBack(caller.keyId());
          }
        });
  }

  /// When nothing has been sent yet.
  private void takeSlot(String key) {
    switch (slots.take(key)) {
      case TAKEN -> {}
      case ENOUGH_FOR_ONE ->
          throw new ProblemException(
              Kind.OVERLOADED,
              "Your key has %d exports running, as many as it may: begin this one when one of them has ended."
                  .formatted(AT_ONCE_FOR_A_KEY));
      case ALL_TAKEN ->
          throw new ProblemException(
              Kind.OVERLOADED, "As many exports as this server takes are running: ask again soon.");
    }
  }

  private void write(ScanFilter filter, ScanWriter writer) throws IOException {
    journal.awaitApplied();
    scans.each(
        filter,
        some -> {
          try {
            writer.write(some);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    writer.finish();
  }
}
