package io.openqpr.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Make a QPR code, and print its scan URL.")
final class CodesCreate implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final AccountOptions account = new AccountOptions();

  @Parameters(paramLabel = "NAME", description = "What you call it.")
  private String name = "";

  @Option(
      names = "--prompt",
      required = true,
      paramLabel = "TEXT",
      description = "What the AI is told.")
  private String prompt = "";

  @Option(
      names = "--welcome-message",
      paramLabel = "TEXT",
      description = "What the person reads first.")
  private @Nullable String welcomeMessage;

  @Option(
      names = "--template",
      paramLabel = "TEMPLATE",
      completionCandidates = Choices.OfTemplate.class,
      description = "business, rewards, events, personal, hospitality, healthcare or retail.")
  private @Nullable String template;

  @Option(
      names = "--conversation-url",
      paramLabel = "URL",
      description = "Where a scan leads, with {scan_id} and {short_id} filled in.")
  private @Nullable String conversationUrl;

  @Option(
      names = "--metadata",
      paramLabel = "KEY=TEXT",
      description = "Goes along with each scan; for several, give it again.")
  private Map<String, String> metadata = new LinkedHashMap<>();

  CodesCreate(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reply code = account.api(terminal).post("/v1/qpr-codes", body());
    if (account.json()) {
      code.printTo(terminal.out());
      return 0;
    }
    new VisitText()
        .with("id", code.text("id"))
        .with("name", code.text("name"))
        .with("scan URL", code.text("scan_url"))
        .with("image", code.text("qr_image_url"))
        .with("", code.text("qr_svg_url"))
        .printTo(terminal.out());
    return 0;
  }

  private String body() {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("name", name);
    fields.put("prompt", prompt);
    fields.put("welcome_message", welcomeMessage);
    fields.put("template", template);
    fields.put("conversation_url", conversationUrl);
    fields.put("metadata", metadata.isEmpty() ? null : metadata);
    fields.values().removeIf(value -> value == null);
    return Reply.json(fields);
  }
}
