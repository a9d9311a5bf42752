package io.openqpr;

import static io.openqpr.UserAgents.DESKTOP;
import static io.openqpr.UserAgents.IPHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.platform.config.PostgresUrl;
import io.openqpr.storage.postgres.PostgresServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// After a run with people, bots, mistakes, an import and a webhook, no address and no user agent
/// is on disk, in the database, in what the server printed, or in what it told the webhook; and no
/// secret of a webhook is in the clear.
class NothingPersonalIsKeptTest {

  /// Addresses that are nobody's, from the ranges kept for examples.
  private static final String IPV4 = "203.0.113.77";

  private static final String IPV6 = "2001:db8:77:88:99:aa:bb:cc";

  /// In each agent, where a real one has its version.
  private static final String TELL_TALE = "TellTale/4711.0815";

  /// As text, as hex, as a number; an IPv6 address also cut to its network.
  private static final List<String> NEEDLES =
      List.of(
          IPV4,
          "203.0.113",
          "cb00714d",
          "3405803853",
          IPV6,
          "2001:db8:77:88",
          "2001:0db8:0077:0088",
          "20010db800770088",
          "telltale",
          "4711.0815",
          "iphone os 18_1",
          "applewebkit");

  /// As bytes; four of them could stand anywhere by chance.
  private static final List<byte[]> BYTES =
      List.of(
          new byte[] {-1, -1, (byte) 203, 0, 113, 77},
          new byte[] {0x20, 0x01, 0x0d, (byte) 0xb8, 0x00, 0x77, 0x00, (byte) 0x88});

  private static final String TO_THE_WEBHOOK = "what the webhook got";

  /// Of a webhook.
  private static final String HEADER = "s3cret-4712";

  private static final Pattern ADDRESS_OF_SERVER = Pattern.compile("http://localhost:\\d+");

  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private String server;
  private String secret;

  @Test
  void inTheEmbeddedStore() throws Exception {
    String printed = runServer(Map.of());

    assertClean("what was printed", printed);
    assertClean("the data directory", StoredBytes.in(directory));
    try (Connection database =
        DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("openqpr.duckdb"))) {
      assertClean(database, "main");
    }
  }

  @Test
  void inPostgres() throws Exception {
    String url = PostgresServer.newDatabase();

    String printed = runServer(Map.of("QPR_STORE", url));

    assertClean("what was printed", printed);
    assertClean("the data directory", StoredBytes.in(directory));
    PostgresUrl parsed = PostgresUrl.parse(url);
    try (Connection database =
        DriverManager.getConnection(parsed.jdbcUrl(), parsed.user(), parsed.password())) {
      assertClean(database, "public");
    }
  }

  private String runServer(Map<String, String> more) throws Exception {
    var settings =
        new HashMap<>(
            Map.of(
                "QPR_DATA_DIR",
                directory.toString(),
                "QPR_PORT",
                "0",
                "QPR_API_KEY",
                TestServer.KEY,
                "QPR_TRUSTED_PROXIES",
                "127.0.0.0/8,::1/128",
                "QPR_WEBHOOK_NETWORKS",
                "127.0.0.0/8"));
    settings.putAll(more);
    try (var process = ServerProcess.start(settings);
        var receiver = new WebhookReceiver()) {
      assertThat(process.awaitReady()).as(process.output()).isTrue();
      var address = ADDRESS_OF_SERVER.matcher(process.output());
      assertThat(address.find()).as(process.output()).isTrue();
      server = address.group();
      receiver.answer(got -> got.sequence() % 3 == 0 ? 500 : 200);
      visit(receiver);
      assertThat(process.terminate()).isZero();
      return process.wholeOutput();
    }
  }

  private void visit(WebhookReceiver receiver) throws Exception {
    String webhook =
        send(
            "POST",
            "/v1/webhooks",
            """
            {"url": "%s", "events": ["scan.created", "qpr_code.created"],
             "headers": {"X-Key": "%s"}}
            """
                .formatted(receiver.url(), HEADER),
            IPV4,
            TELL_TALE);
    secret = TestServer.parse(webhook).get("secret").stringValue();
    String made =
        send("POST", "/v1/qpr-codes", "{\"name\": \"n\", \"prompt\": \"p\"}", IPV4, TELL_TALE);
    var code = TestServer.parse(made);
    String path = "/s/" + code.get("short_id").stringValue();
    for (String address :
        List.of(IPV4, IPV6, "[" + IPV6 + "]:4711", "::ffff:" + IPV4, "nonsense")) {
      for (String agent :
          List.of(
              IPHONE + " " + TELL_TALE,
              DESKTOP + " " + TELL_TALE,
              "Googlebot/2.1 (+http://www.google.com/bot.html) " + TELL_TALE,
              "WhatsApp/2.23 " + TELL_TALE,
              "curl/8.0 " + TELL_TALE,
              TELL_TALE)) {
        send("GET", path, "", address, agent);
        send("HEAD", path, "", address, agent);
      }
    }
    for (WebhookReceiver.Got got : receiver.next(11)) {
      assertClean(TO_THE_WEBHOOK, got.headers() + new String(got.body(), StandardCharsets.UTF_8));
    }
    send("GET", "/s/nothing", "", IPV4, TELL_TALE);
    send("GET", "/c/nothing", "", IPV6, TELL_TALE);
    send("GET", "/v1/scans?limit=many&nothing=1", "", IPV4, TELL_TALE);
    send("GET", "/v1/scans/scan_nothing", "", IPV6, TELL_TALE);
    send("POST", "/v1/qpr-codes", "{\"name\": ", IPV4, TELL_TALE);
    send("PATCH", "/v1/account", "{\"retention_days\": 0}", IPV4, TELL_TALE);
    send("POST", "/v1/scans/import", importLine(code.get("id").stringValue()), IPV4, TELL_TALE);
    send("POST", "/v1/scans/import", "no line", IPV6, TELL_TALE);
    String scans = send("GET", "/v1/scans", "", IPV4, TELL_TALE);
    assertThat(TestServer.parse(scans).get("total").intValue()).isGreaterThan(10);
    assertClean("the list", scans);
    assertClean("the export", send("GET", "/v1/scans/export", "", IPV4, TELL_TALE));
    assertClean("the metrics", send("GET", "/metrics", "", IPV4, TELL_TALE));
  }

  private static String importLine(String code) {
    return """
    {"id":"till-1","qpr_code_id":"%s","scanned_at":"2025-05-05T12:00:00Z","country":"DE"}
    """
        .formatted(code);
  }

  private String send(String method, String path, String body, String address, String agent)
      throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(server + path))
                .header("Authorization", "Bearer " + TestServer.KEY)
                .header(
                    "Content-Type",
                    path.endsWith("import") ? "application/x-ndjson" : "application/json")
                .header("Accept", "text/html,*/*")
                .header("Accept-Language", "de")
                .header("X-Forwarded-For", address)
                .header("Forwarded", "for=\"" + address + "\"")
                .header("User-Agent", agent)
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path).isLessThan(500);
    return answer.body();
  }

  private void assertClean(String what, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String needle : NEEDLES) {
      assertThat(lower.contains(needle)).as("%s holds %s", what, needle).isFalse();
    }
    if (!what.equals(TO_THE_WEBHOOK)) {
      assertThat(text.contains(HEADER)).as("%s holds a header", what).isFalse();
      assertThat(text.contains(secret)).as("%s holds a secret", what).isFalse();
    }
    for (byte[] needle : BYTES) {
      String bytes = new String(needle, StandardCharsets.ISO_8859_1);
      assertThat(text.contains(bytes)).as("%s holds bytes of an address", what).isFalse();
    }
  }

  /// Every value of every table as text: what is compressed in the file is read too.
  private void assertClean(Connection database, String schema) throws SQLException {
    List<String> tables =
        column(
            database,
            "select table_name from information_schema.tables where table_schema = '%s'"
                .formatted(schema));
    assertThat(tables)
        .contains("scans", "ignored_hits", "codes", "kept_answers", "webhooks")
        .contains("webhook_progress", "webhook_waiting", "webhook_attempts", "webhook_resends");
    for (String table : tables) {
      var rows = new StringBuilder();
      column(database, "select t::text from \"%s\" t".formatted(table))
          .forEach(row -> rows.append(row).append('\n'));
      assertThat(rows.isEmpty() && table.matches("webhooks|webhook_[pwa].*")).as(table).isFalse();
      assertClean("the table " + table, rows.toString());
    }
  }

  private static List<String> column(Connection database, String question) throws SQLException {
    var values = new ArrayList<String>();
    try (var statement = database.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
