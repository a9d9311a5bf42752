package io.openqpr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.TestServer;
import io.openqpr.UserAgents;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The client's commands on the real server: what is printed, and the exit code.
class CliTest {

  @TempDir Path directory;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.in(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aCodeIsMadeWithAllThatIsSaidOfIt() {
    CommandRun run =
        run(
            "codes create Café --prompt hello --welcome-message hi --template retail"
                + " --conversation-url https://chat.example.com/?s={scan_id}"
                + " --metadata table=7 --metadata room=b=c");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode code = server.json("/v1/qpr-codes").get("qpr_codes").get(0);
    assertThat(run.out())
        .contains(code.get("id").stringValue(), code.get("scan_url").stringValue(), "Café");
    assertThat(code.get("template").stringValue()).isEqualTo("retail");
    assertThat(code.get("metadata").toString()).isEqualTo("{\"table\":\"7\",\"room\":\"b=c\"}");
  }

  @Test
  void codesAreATableThatFits80Columns() {
    server.createCode("日本 ".repeat(50));
    server.createCode("a\\tb");

    CommandRun run = run("codes list");

    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(3).allMatch(line -> Text.width(line) <= 80);
    assertThat(lines.getFirst()).startsWith("ID ").contains("SHORT ID", "NAME", "SCANS");
    assertThat(lines.get(1)).contains("  a b  ");
    assertThat(lines.get(2)).contains("…");
  }

  @Test
  void scansAreListedAndCountedByTheirVisits() {
    JsonNode code = server.createCode("door");
    server.scan(code, "User-Agent", UserAgents.IPHONE, "Accept-Language", "de-AT");
    server.scan(code, "User-Agent", UserAgents.IPHONE, "Accept-Language", "en");

    List<String> lines = run("scans list --details --language de").out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).contains("VISIT");
    assertThat(lines.get(1)).contains("iOS Safari de-AT");
    assertThat(run("scans list --param utm_source=poster --os iOS").err())
        .isEqualTo("qpr: there are no such scans\n");
    assertThat(run("scans export --details --language en").out()).contains("\"language\":\"en\"");
    assertThat(run("scans export --param a.b=1").out()).isEmpty();
    assertThat(run("analytics --device mobile --language en --json").out())
        .contains("\"scans_total\":1,");
    assertThat(run("scans list --param nothing").code()).isEqualTo(64);
  }

  @Test
  void codesAreSearched() {
    server.createCode("door");
    server.createCode("window");

    assertThat(run("codes list --search indo --status active").out())
        .contains("window")
        .doesNotContain("door");
    assertThat(run("codes list --search cellar").err()).isEqualTo("qpr: there are no such codes\n");
  }

  @Test
  void scansAreListedWithWhatIsNotShownCounted() {
    JsonNode code = server.createCode("n");
    for (int i = 0; i < 3; i++) {
      server.scan(code);
    }

    CommandRun run = run("scans list --limit 2 --code " + code.get("id").stringValue());

    assertThat(run.code()).isZero();
    assertThat(run.out().lines()).hasSize(3);
    assertThat(run.err()).isEqualTo("qpr: 2 of 3 scans; --limit or --all shows more\n");
  }

  @Test
  void allScansAreWalkedAndAreOneDocument() {
    JsonNode code = server.createCode("n");
    for (int i = 0; i < 205; i++) {
      server.scan(code);
    }

    assertThat(run("scans list --all").out().lines()).hasSize(206);
    JsonNode all = TestServer.parse(run("scans list --all --json").out());
    assertThat(all.get("scans").size()).isEqualTo(205);
    assertThat(all.get("limit").intValue()).isEqualTo(205);
    assertThat(all.get("next_cursor").isNull()).isTrue();
    assertThat(all.get("scans").get(7))
        .isEqualTo(server.json("/v1/scans?limit=10").get("scans").get(7));
  }

  @Test
  void jsonIsPrintedAsItCame() {
    server.createCode("n");

    assertThat(run("codes list --json").out()).isEqualTo(server.get("/v1/qpr-codes").body() + "\n");
    assertThat(run("analytics --json").out()).isEqualTo(server.get("/v1/analytics").body() + "\n");
  }

  @Test
  void analyticsAreTotalsAndAChart() {
    JsonNode code = server.createCode("n");
    server.scan(code);

    CommandRun ofCode =
        run("analytics --period 7d --timezone Europe/Berlin " + code.get("id").stringValue());
    CommandRun ofAccount = run("analytics --period 90d");

    assertThat(ofCode.code()).isZero();
    assertThat(ofCode.out())
        .contains("Scans               1\n", "Scans per day", "█")
        .doesNotContain("Top codes");
    assertThat(ofAccount.out()).contains("Top codes", code.get("id").stringValue(), "per 2 days");
    assertThat(ofAccount.out().lines()).allMatch(line -> Text.width(line) <= 80);
  }

  @Test
  void analyticsAreBrokenDownAndCompared() {
    JsonNode code = server.createCode("n");
    server.scan(code);
    server.scan(code, "Accept-Language", "de-AT");

    CommandRun table = run("analytics --by language,device --filter os.not=Android --period today");
    CommandRun beside = run("analytics --compare previous --by language --funnel --period 7d");

    assertThat(table.err()).isEmpty();
    assertThat(table.out().lines().findFirst().orElseThrow())
        .startsWith("LANGUAGE   DEVICE")
        .contains("SCANS", "RATE (95 %)");
    assertThat(table.out()).contains("de-AT", "mobile", "(all)").doesNotContain("(other)");
    assertThat(beside.out())
        .contains("Scans               2  - beside 0", "(0–66)", "Funnel", "first message")
        .contains("By language", "(unknown)", "Scans since ");
    assertThat(beside.out().lines()).allMatch(line -> Text.width(line) <= 80);
    assertThat(run("analytics --by language --json --limit 1").out())
        .contains("\"next_cursor\":", "\"by\":[\"language\"]");
    assertThat(run("analytics --by langage").err()).contains("did you mean `language`?");
    assertThat(run("analytics --filter country").code()).isEqualTo(64);
    assertThat(run("analytics --limit 3").code()).isEqualTo(64);
    assertThat(run("scans list --country DE --country AT --filter device.not=mobile --json").out())
        .contains("\"total\":0");
  }

  @Test
  void analyticsOfNothingAreZeros() {
    CommandRun run = run("analytics --granularity hour");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Scans               0\n", "0 └").doesNotContain("█", "▁");
  }

  @Test
  void anAccountIsOpenedWithTheOperatorsKey() {
    CommandRun run = run("account create Ada --json --operator-key " + TestServer.OPERATOR_KEY);

    assertThat(run.code()).as(run.err()).isZero();
    String key = TestServer.parse(run.out()).get("key").stringValue();
    assertThat(run("codes list --key " + key).code()).isZero();
    assertThat(run("account create Ada --operator-key no").code()).isEqualTo(1);
    assertThat(run("account create Ada"))
        .isEqualTo(
            new CommandRun(
                64, "", "qpr: there is no key: set QPR_OPERATOR_KEY or give --operator-key\n"));
  }

  @Test
  void allMistakesAreToldInOneLine() {
    CommandRun run = run("codes create n --prompt p --template no --conversation-url ftp://x");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("qpr: ").contains("`template` must", "conversation_url: must");
  }

  @Test
  void wrongUsageIs64AndOneLine() {
    for (String words :
        List.of(
            "",
            "codes",
            "code list",
            "codes list --limt 3",
            "codes list --limit many",
            "codes create n",
            "scans list --limit 3 --all",
            "scans list --url ftp://x",
            "scans list --key a\u00e9",
            "scans tail --interval 0",
            "scans import no-such-file.csv")) {
      CommandRun run = run(words);
      assertThat(run.code()).as(words).isEqualTo(64);
      assertThat(run.err().lines()).as(words + ": " + run.err()).hasSize(1);
      assertThat(run.out()).as(words).isEmpty();
    }
    assertThat(run("codes list --limt 3").err()).contains("did you mean `--limit`?");
  }

  @Test
  void aServerThatIsNotThereIs69() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    CommandRun run = run("codes list --url http://127.0.0.1:" + port);

    assertThat(run.code()).isEqualTo(69);
    assertThat(run.err()).contains("not reachable: nothing listens there");
  }

  @Test
  void everyCommandHasHelp() {
    for (String words :
        List.of(
            "",
            "account create",
            "codes list",
            "codes create",
            "scans list",
            "scans tail",
            "scans import",
            "scans export",
            "events list",
            "events tail",
            "webhooks listen",
            "webhooks create",
            "webhooks list",
            "webhooks show",
            "webhooks change",
            "webhooks delete",
            "webhooks rotate",
            "webhooks test",
            "webhooks deliveries",
            "webhooks resend",
            "analytics",
            "completion")) {
      CommandRun run = run((words + " --help").strip());
      assertThat(run.code()).as(words).isZero();
      assertThat(run.out()).as(words).startsWith(("Usage: qpr " + words).strip());
      assertThat(run((words + " --version").strip()).out()).startsWith("OpenQPR ");
    }
    assertThat(run("completion").out())
        .contains("complete -F _complete_qpr", "scan.created", "where_it_stopped", "retrying");
  }

  private CommandRun run(String words) {
    return CommandRun.on(server, words.isEmpty() ? new String[0] : words.split(" "));
  }
}
