package io.openqpr.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "export", description = "Write scans to a file or to stdout, however many.")
final class ScansExport implements Callable<Integer> {

  private static final List<String> FORMATS = List.of("ndjson", "csv", "parquet");
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();
  @Mixin private final ScanFilterOptions filter = new ScanFilterOptions();
  @Mixin private final VisitOptions visits = new VisitOptions();
  @Mixin private final DetailsOption details = new DetailsOption();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      completionCandidates = Choices.OfExport.class,
      description = "ndjson, csv or parquet; else as the file's name ends, else ndjson.")
  private @Nullable String format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to; it is there only when all of it is. Without it: stdout.")
  private @Nullable Path file;

  ScansExport(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    boolean toScreen = file == null && terminal.outColumns().getAsInt() > 0;
    String wanted = format();
    if (toScreen && wanted.equals("parquet")) {
      throw Failure.usage("parquet is not made for screens; say with -o where to write it");
    }
    ApiClient api = account.api(terminal);
    int columns = toScreen ? 0 : terminal.errColumns().getAsInt();
    var progress = new Progress(terminal.err(), columns, -1);
    try (progress) {
      Query query = details.addedTo(visits.addedTo(filter.query())).with("format", wanted);
      InputStream scans = api.download("/v1/scans/export", query);
      if (file == null) {
        copy(scans, terminal.out(), progress);
      } else {
        write(scans, file, progress);
      }
    }
    if (file != null) {
      terminal.note("wrote " + Text.bytes(progress.bytes()) + " to " + file);
    }
    return 0;
  }

  private String format() {
    if (format != null) {
      return format;
    }
    String name = file == null ? "" : file.toString().toLowerCase(Locale.ROOT);
    return FORMATS.stream()
        .filter(ending -> name.endsWith("." + ending))
        .findFirst()
        .orElse("ndjson");
  }

  /// Under another name until it is whole.
  private void write(InputStream scans, Path target, Progress progress) {
    Path half = target.resolveSibling(target.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(half)) {
        copy(scans, out, progress);
      }
      Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Failure.refused(target + " cannot be written: " + Refusals.why(e));
    } finally {
      deleteQuietly(half);
    }
  }

  private void copy(InputStream from, OutputStream to, Progress progress) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from) {
      while (true) {
        int count = read(from, buffer, progress);
        if (count < 0) {
          return;
        }
        to.write(buffer, 0, count);
        progress.add(count);
        if (to == terminal.out()) {
          Pages.stopWhenNobodyReads(terminal);
        }
      }
    } catch (IOException e) {
      throw Failure.refused("the scans cannot be written: " + Refusals.why(e));
    }
  }

  private static int read(InputStream from, byte[] buffer, Progress progress) {
    try {
      return from.read(buffer);
    } catch (IOException e) {
      throw Failure.refused(
          "the export broke off after %s, so it is not whole: %s"
              .formatted(Text.bytes(progress.bytes()), Refusals.why(e)));
    }
  }

  private static void deleteQuietly(Path half) {
    try {
      Files.deleteIfExists(half);
    } catch (IOException e) {
      // the reason that it is there is told already
    }
  }
}
