package io.openqpr.analytics.transfer;

import io.openqpr.account.Caller;
import io.openqpr.account.Gate;
import io.openqpr.analytics.scans.DetailsView;
import io.openqpr.analytics.scans.ScanQuery;
import io.openqpr.code.Codes;
import io.openqpr.model.Scope;
import io.openqpr.storage.journal.Journal;
import io.openqpr.storage.store.ScanFilter;
import io.openqpr.storage.store.ScanStore;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// `GET /v1/scans/export`: all scans that the list's filters match, newest first, as a file. They
/// are of one moment, and never more than some thousand of them are in memory.
final class ExportRoutes {

  private static final int BUFFER_BYTES = 256 * 1024;
  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Codes codes;
  private final ScanStore scans;
  private final Journal journal;
  private final Gate gate;
  private final Clock clock;
  private final Path workspace;

  /// @param workspace a directory for what has to wait on disk; made when it is needed
  ExportRoutes(
      Codes codes, ScanStore scans, Journal journal, Gate gate, Clock clock, Path workspace) {
    this.codes = codes;
    this.scans = scans;
    this.journal = journal;
    this.gate = gate;
    this.clock = clock;
    this.workspace = workspace;
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
          var buffered = new BufferedOutputStream(out, BUFFER_BYTES);
          Files.createDirectories(workspace);
          try (ScanWriter writer = format.writer(buffered, detailed, workspace)) {
            write(filter, writer);
          }
          buffered.flush();
        });
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
