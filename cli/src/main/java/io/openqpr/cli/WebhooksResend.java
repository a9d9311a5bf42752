package io.openqpr.cli;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "resend",
    description = "Send again: one delivery, or all that failed and are not tried any more.",
    footer = {
      "",
      "Examples:",
      "  qpr webhooks resend wh_01KB... att_01KB...",
      "  qpr webhooks resend wh_01KB... --failed --since 2026-03-20"
    })
final class WebhooksResend implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();

  @Parameters(index = "0", paramLabel = "WEBHOOK", description = "Its id, such as wh_01KB...")
  private String id = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DELIVERY",
      description = "One, as `deliveries` lists it.")
  private @Nullable String delivery;

  @Option(names = "--failed", description = "All that failed, as a job.")
  private boolean failed;

  @Option(
      names = "--progress",
      paramLabel = "RESEND",
      description = "Tell how far a job is that was begun before.")
  private @Nullable String job;

  @Option(names = "--since", paramLabel = "TIME", description = "With --failed: only after this.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "With --failed: only before this.")
  private @Nullable String until;

  WebhooksResend(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (Stream.of(delivery != null, failed, job != null).filter(given -> given).count() != 1) {
      throw Failure.usage("say what to send again: the id of a delivery, or --failed");
    }
    if (!failed && (since != null || until != null)) {
      throw Failure.usage("--since and --until go with --failed");
    }
    try {
      return resend(account.api(terminal));
    } catch (Failure e) {
      throw e.status() == 409
          ? Failure.refused(e.line() + " With: qpr webhooks change " + id + " --on", 409)
          : e;
    }
  }

  private int resend(ApiClient api) {
    String path = "/v1/webhooks/" + Query.encoded(id);
    if (delivery != null) {
      return one(api.post(path + "/deliveries/" + Query.encoded(delivery) + "/resend", "{}"));
    }
    if (job != null) {
      return told(api.get(path + "/resends/" + Query.encoded(job), Query.NONE));
    }
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("since", since);
    body.put("until", until);
    body.values().removeIf(value -> value == null);
    return told(api.post(path + "/resends", Reply.json(body)));
  }

  private int one(Reply again) {
    if (account.json()) {
      again.printTo(terminal.out());
    } else {
      terminal.out().println("sending " + again.text("event_id") + " again");
    }
    return 0;
  }

  private int told(Reply resend) {
    if (account.json()) {
      resend.printTo(terminal.out());
      return 0;
    }
    new VisitText()
        .with("id", resend.text("id"))
        .with("state", resend.text("state"))
        .with("in all", Text.number(resend.number("total")))
        .with("delivered", Text.number(resend.number("delivered")))
        .with("waiting", Text.number(resend.number("waiting")))
        .with("failed", Text.number(resend.number("failed")))
        .printTo(terminal.out());
    terminal.out().flush();
    if (resend.number("waiting") > 0) {
      terminal.note(
          "how far it is: qpr webhooks resend %s --progress %s".formatted(id, resend.text("id")));
    }
    return 0;
  }
}
