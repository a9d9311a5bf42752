package io.openqpr.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Requests of many people's phones for the scan URLs of some codes, so that nothing is answered
/// from one remembered agent.
final class ScanRequests {

  private static final int CODES = 500;
  private static final int DISTINCT = 5_000;

  private ScanRequests() {}

  /// @param api of a server, on which the codes are made
  static List<byte[]> ofNewCodes(Api api) throws IOException, InterruptedException {
    String code =
        """
        {"name": "bench", "prompt": "p", "conversation_url": "http://127.0.0.1/c?scan={scan_id}"}\
        """;
    var shortIds = new ArrayList<String>();
    for (int i = 0; i < CODES; i++) {
      shortIds.add(Api.field(api.post("/v1/qpr-codes", code), "short_id"));
    }
    return forCodes(shortIds);
  }

  private static List<byte[]> forCodes(List<String> shortIds) {
    var requests = new ArrayList<byte[]>();
    for (int i = 0; i < DISTINCT; i++) {
      String request =
          """
          GET /s/%s HTTP/1.1\r
          Host: 127.0.0.1\r
          User-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS %d_%d like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.%d Mobile/15E148 Safari/604.1\r
          Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r
          Accept-Language: en-GB,en;q=0.9\r
          \r
          """
              .formatted(shortIds.get(i % shortIds.size()), 14 + i % 13, i / 13 % 8, i / 104 % 8);
      requests.add(request.getBytes(StandardCharsets.US_ASCII));
    }
    return requests;
  }
}
