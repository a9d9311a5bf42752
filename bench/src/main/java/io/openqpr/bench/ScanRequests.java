package io.openqpr.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Requests of many people's phones for the scan URLs of some codes, so that nothing is answered
/// from one remembered agent.
final class ScanRequests {

  private static final int CODES = 500;
  private static final int DISTINCT = 5_000;

  private static final int PAGE = 100;
  private static final Pattern CODE_ID = Pattern.compile("\"id\":\"(qpr_[0-9A-Z]+)\"");
  private static final String CODE =
      """
      {"name": "bench", "prompt": "p", "conversation_url": "http://127.0.0.1/c?scan={scan_id}"}\
      """;

  private ScanRequests() {}

  /// @param api of a server, on which the codes are made
  static List<byte[]> ofNewCodes(Api api) throws IOException, InterruptedException {
    var shortIds = new ArrayList<String>();
    for (int i = 0; i < CODES; i++) {
      shortIds.add(Api.field(api.post("/v1/qpr-codes", CODE), "short_id"));
    }
    return forCodes(shortIds);
  }

  /// Ids of so many of the codes that were made last.
  static List<String> codes(Api api, int count) throws IOException, InterruptedException {
    var ids = new ArrayList<String>();
    for (int offset = 0; ids.size() < count; offset += PAGE) {
      String page = api.get("/v1/qpr-codes?limit=%d&offset=%d".formatted(PAGE, offset));
      Matcher matcher = CODE_ID.matcher(page);
      while (matcher.find() && ids.size() < count) {
        ids.add(matcher.group(1));
      }
    }
    return ids;
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
