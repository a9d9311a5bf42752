package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/// Scans of one code as lines of an import, and the imports of them.
record ScansToImport(TestServer server, String code) {

  static final String NDJSON = "application/x-ndjson";

  /// The report of an import, which must succeed.
  JsonNode imported(String type, String body) {
    HttpResponse<String> answer = post("", type, BodyPublishers.ofString(body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.parse(answer);
  }

  /// @param query empty, or beginning with `?`
  HttpResponse<String> post(String query, String type, BodyPublisher body) {
    return server.send(
        server.request("/v1/scans/import" + query).header("Content-Type", type).POST(body));
  }

  /// The scans `visit-from` to `visit-until`, the last one excluded.
  String lines(int from, int until) {
    var lines = new StringBuilder();
    for (int i = from; i < until; i++) {
      lines.append(line("visit-" + i)).append('\n');
    }
    return lines.toString();
  }

  String line(String id) {
    return """
    {"id":"%s","qpr_code_id":"%s","short_id":"abcdef","scanned_at":"2025-05-05T12:00:00Z","country":"DE","region":"BE","city":"Berlin","device":"mobile","conversation_started":false,"conversation_messages":0,"metadata":{}}\
    """
        .formatted(id, code);
  }
}
