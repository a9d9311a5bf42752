package io.openqpr.analytics.transfer;

import io.openqpr.model.Scan;
import io.openqpr.storage.parquet.ParquetFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Parquet, which goes out when all scans are there. It is made on threads of the system's own: the
/// calls are native, and would hold up the carriers of everybody's threads.
final class ParquetWriter implements ScanWriter {

  private final Executor threads;
  private final ParquetFile file;
  private final OutputStream out;

  ParquetWriter(Path workspace, boolean detailed, Executor threads, OutputStream out) {
    this.threads = threads;
    this.file = made(() -> new ParquetFile(workspace, detailed));
    this.out = out;
  }

  @Override
  public void write(List<Scan> scans) {
    made(() -> {
      file.add(scans);
      return scans;
    });
  }

  @Override
  public void finish() throws IOException {
    made(() -> {
      file.write();
      return file;
    });
    file.copyTo(out);
  }

  @Override
  public void close() {
    made(() -> {
      file.close();
      return file;
    });
  }

  private <T> T made(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, threads).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
