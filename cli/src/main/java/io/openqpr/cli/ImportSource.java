package io.openqpr.cli;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/// The file or stream of scans to import: its bytes, what they are, and how many.
///
/// @param sizeBytes negative where it is not known
record ImportSource(InputStream bytes, Format format, boolean gzip, long sizeBytes)
    implements AutoCloseable {

  enum Format {
    NDJSON("application/x-ndjson"),
    CSV("text/csv");

    private final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }

    /// @throws TypeConversionException with what would be right
    static Format of(String text) {
      return Arrays.stream(values())
          .filter(format -> format.toString().equals(text.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("must be ndjson or csv; got '" + text + "'"));
    }

    /// As it is written behind --format.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    String contentType() {
      return contentType;
    }
  }

  /// @param name a file, or `-` for stdin
  /// @param given the format where the user says it; else the name's ending tells, else the first
  ///   character: a brace begins NDJSON
  static ImportSource open(String name, @Nullable Format given, Terminal terminal) {
    boolean stdin = name.equals("-");
    boolean gzip = name.toLowerCase(Locale.ROOT).endsWith(".gz");
    try {
      InputStream bytes =
          new BufferedInputStream(stdin ? terminal.in() : Files.newInputStream(Path.of(name)));
      long size = stdin ? -1 : Files.size(Path.of(name));
      try {
        return new ImportSource(bytes, format(name, given, gzip, bytes), gzip, size);
      } catch (IOException | RuntimeException e) {
        bytes.close();
        throw e;
      }
    } catch (IOException e) {
      throw Failure.usage(name + " cannot be read: " + Refusals.why(e));
    }
  }

  private static Format format(String name, @Nullable Format given, boolean gzip, InputStream bytes)
      throws IOException {
    if (given != null) {
      return given;
    }
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    if (plain.endsWith(".csv")) {
      return Format.CSV;
    }
    if (plain.endsWith(".ndjson") || plain.endsWith(".jsonl")) {
      return Format.NDJSON;
    }
    if (gzip) {
      throw Failure.usage("the name " + name + " does not tell the format; say it with --format");
    }
    bytes.mark(1);
    int first = bytes.read();
    bytes.reset();
    return first == '{' ? Format.NDJSON : Format.CSV;
  }

  /// The bytes, counted as they are taken.
  InputStream counted(Progress progress) {
    return new FilterInputStream(bytes) {
      @Override
      public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? -1 : 1);
        return one;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(count);
        return count;
      }

      private void count(int more) {
        if (more < 0) {
          progress.complete();
        } else {
          progress.add(more);
        }
      }
    };
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException e) {
      // it was only read
    }
  }
}
