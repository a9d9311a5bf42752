package io.openqpr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What bash offers when a line is completed, with the script as `qpr completion` prints it.
class CompletionTest {

  @TempDir Path directory;

  @Test
  void commandsAndValuesAreOffered() throws Exception {
    assertThat(offered("webhooks", "")).contains("create", "listen", "deliveries");
    assertThat(offered("webhooks", "create", "--events", "scan")).containsExactly("scan.created");
    assertThat(offered("webhooks", "deliveries", "--state", ""))
        .containsExactly("succeeded", "retrying", "failed");
    assertThat(offered("codes", "create", "--template", "re")).containsExactly("rewards", "retail");
    assertThat(offered("codes", "list", "--status", "p")).containsExactly("paused");
    assertThat(offered("scans", "list", "--device", "t")).containsExactly("tablet");
    assertThat(offered("scans", "export", "--format", "p")).containsExactly("parquet");
    assertThat(offered("scans", "import", "--format", "")).containsExactly("ndjson", "csv");
    assertThat(offered("analytics", "--granularity", "m")).containsExactly("month");
    assertThat(offered("analytics", "--period", "9")).containsExactly("90d");
  }

  @Test
  void filesAreOffered() throws Exception {
    Files.createFile(directory.resolve("scans.csv"));

    assertThat(offered("scans", "import", "sc")).containsExactly("scans.csv");
    assertThat(offered("scans", "export", "-o", "sc")).containsExactly("scans.csv");
  }

  /// @param words the last is the one that is completed
  private List<String> offered(String... words) throws Exception {
    Path script = directory.resolve("qpr.bash");
    Files.writeString(
        script, CommandRun.with(Map.of(), "", "completion").out(), StandardCharsets.UTF_8);
    String line = "qpr " + String.join(" ", words);
    var bash =
        new ProcessBuilder(
            "bash",
            "-c",
            "source \"$1\"; shift; compopt() { :; }; COMP_LINE=\"$1\"; COMP_POINT=${#1}; shift;"
                + " COMP_WORDS=(qpr \"$@\"); COMP_CWORD=$#; _complete_qpr;"
                + " printf '%s\\n' \"${COMPREPLY[@]}\"",
            "bash",
            script.toString(),
            line);
    bash.command().addAll(List.of(words));
    bash.directory(directory.toFile());
    Process process = bash.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out.lines().map(String::strip).toList();
  }
}
