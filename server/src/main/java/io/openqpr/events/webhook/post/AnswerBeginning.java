package io.openqpr.events.webhook.post;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/// The beginning of an answer, as it came: never decompressed.
///
/// @param isWhole whether there is no more of it
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record AnswerBeginning(int status, @Nullable String retryAfter, byte[] body, boolean isWhole) {

  /// Read of the body at most.
  static final int READ_BYTES = 16 * 1024;

  /// Kept of it at most.
  static final int KEPT_BYTES = 1024;

  static AnswerBeginning read(ClassicHttpResponse response) throws IOException {
    Header retryAfter = response.getFirstHeader("Retry-After");
    String wait = retryAfter == null ? null : retryAfter.getValue();
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new AnswerBeginning(response.getCode(), wait, new byte[0], true);
    }
    // Not closed here: that would read on to the end.
    InputStream in = entity.getContent();
    byte[] body = in.readNBytes(READ_BYTES);
    boolean whole = body.length < READ_BYTES || in.read() < 0;
    byte[] kept = body.length <= KEPT_BYTES ? body : Arrays.copyOf(body, KEPT_BYTES);
    return new AnswerBeginning(response.getCode(), wait, kept, whole);
  }

  Outcome outcome(Trace trace, Instant now) {
    Failure failure = failure(status);
    return new Outcome(
        status,
        failure,
        failure == null ? null : detail(failure),
        trace.phases(),
        text(),
        retryAfter == null ? null : RetryAfter.parse(retryAfter, now));
  }

  private static @Nullable Failure failure(int status) {
    if (status >= 200 && status < 300) {
      return null;
    }
    return status >= 300 && status < 400 ? Failure.REDIRECT : Failure.STATUS;
  }

  private String detail(Failure failure) {
    return failure == Failure.REDIRECT
        ? "Answered %d, which sends elsewhere: redirects are not followed.".formatted(status)
        : "Answered %d: only 2xx is a success.".formatted(status);
  }

  /// What no text may have is replaced.
  private String text() {
    var text = new StringBuilder();
    for (char c : new String(body, StandardCharsets.UTF_8).toCharArray()) {
      boolean fine = !Character.isISOControl(c) || c == '\n' || c == '\r' || c == '\t';
      text.append(fine ? c : '\uFFFD');
    }
    return text.toString();
  }
}
