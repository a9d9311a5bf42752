package io.openqpr.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "change",
    description = "Change a webhook, switch it off or on again, or send what was sent before.",
    footer = {
      "",
      "Examples:",
      "  qpr webhooks change wh_01KB... --on --resume-from now",
      "  qpr webhooks change wh_01KB... --resume-from 2026-03-20T15:30:00Z",
      "  qpr webhooks change wh_01KB... --clear filters"
    })
final class WebhooksChange implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();
  @Mixin private final WebhookFields fields = new WebhookFields();

  @Parameters(paramLabel = "WEBHOOK", description = "Its id, such as wh_01KB...")
  private String id = "";

  @Option(names = "--to", paramLabel = "URL", description = "Where to from now on.")
  private @Nullable String to;

  @ArgGroup private @Nullable Switch onOrOff;

  @Option(
      names = "--resume-from",
      paramLabel = "WHERE",
      completionCandidates = Places.class,
      description = "Where it goes on: where_it_stopped, now, or a time, which is a replay too.")
  private @Nullable String resumeFrom;

  @Option(
      names = "--clear",
      paramLabel = "FIELD",
      split = ",",
      completionCandidates = Clearable.class,
      description = "Take away its description, filters, headers or rate.")
  private List<String> clears = new ArrayList<>();

  private static final class Switch {

    @Option(names = "--on", description = "Send events again.")
    private boolean on;

    @Option(names = "--off", description = "Send nothing; it keeps its place.")
    private boolean off;
  }

  WebhooksChange(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Map<String, @Nullable Object> body = body();
    if (body.isEmpty()) {
      throw Failure.usage("there is nothing to change; try: qpr webhooks change --help");
    }
    Reply webhook;
    try {
      webhook = account.api(terminal).patch("/v1/webhooks/" + Query.encoded(id), Reply.json(body));
    } catch (Failure e) {
      throw to == null ? e : WebhookTarget.explained(e, to);
    }
    if (account.json()) {
      webhook.printTo(terminal.out());
    } else {
      WebhookText.facts(webhook.json()).printTo(terminal.out());
    }
    return 0;
  }

  private Map<String, @Nullable Object> body() {
    var body = new LinkedHashMap<String, @Nullable Object>();
    if (to != null) {
      body.put("url", to);
    }
    body.putAll(fields.given());
    if (onOrOff != null) {
      body.put("active", onOrOff.on);
    }
    if (resumeFrom != null) {
      body.put("resume_from", resumeFrom);
    }
    for (String field : clears) {
      if (body.containsKey(field)) {
        throw Failure.usage("--clear takes " + field + " away, and another option sets it");
      }
      body.put(field, null);
    }
    return body;
  }

  private static final class Places implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return List.of("where_it_stopped", "now").iterator();
    }
  }

  private static final class Clearable implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return List.of("description", "filters", "headers", "rate").iterator();
    }
  }
}
