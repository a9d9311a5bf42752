package io.openqpr.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BackgroundTest {

  private static final int LOWEST = 19;

  @Test
  @EnabledOnOs(OS.LINUX)
  void itsThreadsGiveWay() throws Exception {
    var seen = new CompletableFuture<Integer>();
    Background.threads("giving-way-test").newThread(() -> seen.complete(nice())).start();
    assertThat(seen.get(30, TimeUnit.SECONDS)).isEqualTo(LOWEST);
    assertThat(nice()).isLessThan(LOWEST);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDurableThreadMayGiveWay() throws Exception {
    var seen = new CompletableFuture<Integer>();
    DurableThread.background("durable-giving-way-test", () -> !seen.complete(nice())).join();
    assertThat(seen.get(30, TimeUnit.SECONDS)).isEqualTo(LOWEST);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatItAsksForDoesNotGiveWay() throws Exception {
    var seen = new CompletableFuture<Integer>();
    Background.threads("asking-test")
        .newThread(() -> Background.ask(() -> seen.complete(nice())))
        .start();
    assertThat(seen.get(30, TimeUnit.SECONDS)).isLessThan(LOWEST);
  }

  private static int nice() {
    try {
      Path task = Path.of("/proc/thread-self/stat");
      String stat = Files.readString(task);
      String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Integer.parseInt(behindName[16]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
