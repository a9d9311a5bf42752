package io.openqpr.capture;

import io.openqpr.model.IgnoreReason;
import io.openqpr.model.ScannableCode;
import io.openqpr.platform.metric.Counter;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// What is answered where nobody scanned, and how often that was.
final class Ignored {

  private static final List<String> NO_STORE = List.of("Cache-Control", "no-store");

  private final String publicUrl;
  private final Page preview = Page.load("preview.html");

  /// By the reason's place in the closed set.
  private final List<LongAdder> counts =
      Stream.generate(LongAdder::new).limit(IgnoreReason.values().length).toList();

  Ignored(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  /// Whoever shows links to people gets something to show. What fetches ahead gets nothing to keep,
  /// so that the visit itself comes again. Everybody else is sent on as a person is: some of them
  /// may be one.
  ///
  /// @param conversation where a person is sent
  Answer answer(IgnoreReason reason, ScannableCode code, String conversation) {
    counts.get(reason.ordinal()).increment();
    return switch (reason) {
      case PREVIEW, CRAWLER -> preview(code, conversation);
      case PREFETCH -> Answer.nothing(503).with(NO_STORE);
      case HEAD,
          MONITOR,
          SCRIPT,
          HEADLESS,
          NO_AGENT,
          NO_BROWSER,
          DATA_CENTER,
          RULE_ADDRESS,
          RULE_AGENT ->
          Answer.redirect(conversation);
    };
  }

  private Answer preview(ScannableCode code, String conversation) {
    String scanUrl = publicUrl + "/s/" + code.ref().shortId();
    String welcome = Optional.ofNullable(code.welcomeMessage()).orElse("Open the conversation.");
    String image = publicUrl + "/qr/" + code.ref().shortId() + ".png";
    return Answer.html(
        200,
        preview.fill(
            "name",
            code.name(),
            "description",
            welcome,
            "url",
            scanUrl,
            "image",
            image,
            "conversation",
            conversation));
  }

  List<Counter> counters() {
    var counters = new ArrayList<Counter>();
    for (IgnoreReason reason : IgnoreReason.values()) {
      counters.add(
          new Counter(
              "openqpr_ignored_total",
              "reason=\"" + reason.text() + "\"",
              "Requests for scan URLs that were no person scanning, by reason.",
              counts.get(reason.ordinal())::sum));
    }
    return counters;
  }
}
