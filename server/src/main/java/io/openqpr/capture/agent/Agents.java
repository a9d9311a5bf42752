package io.openqpr.capture.agent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.IgnoreReason;
import io.openqpr.platform.HeapShare;
import java.util.concurrent.CompletableFuture;
import ua_parser.Client;
import ua_parser.Parser;

/// Reads user agents: by the ua-parser project's rules, which tell families of devices, systems and
/// browsers, and by the lists of bots. A new agent takes a good part of a millisecond, but people's
/// agents repeat: the hot path finds most of them remembered.
public final class Agents {

  /// What an entry takes beside its text; names of systems and browsers are shared.
  private static final int ENTRY_BYTES = 200;

  private static final Agent NONE =
      new Agent(DeviceKind.UNKNOWN, null, null, IgnoreReason.NO_AGENT, null);
  private static final BotList.Bot SPIDER = new BotList.Bot(IgnoreReason.CRAWLER, null);

  private final CompletableFuture<Parser> parser = CompletableFuture.supplyAsync(Parser::new);
  private final CompletableFuture<BotList> bots = CompletableFuture.supplyAsync(BotList::new);
  private final Cache<String, Agent> remembered =
      Caffeine.newBuilder()
          .maximumWeight(HeapShare.AGENTS.bytes())
          .weigher((String text, Agent agent) -> ENTRY_BYTES + 2 * text.length())
          .build();

  /// Begins to load rules and lists in the background; whoever asks before they are there waits.
  public Agents() {}

  public Agent of(String text) {
    return text.isBlank() ? NONE : remembered.get(text, this::read);
  }

  private Agent read(String text) {
    Client client = parser.join().parse(text);
    BotList.Bot bot = bots.join().find(text);
    if (bot == null && client.device.family.equals("Spider")) {
      bot = SPIDER;
    }
    String system = Systems.nameOf(text, client.os.family);
    return new Agent(
        Devices.kindOf(text, client.device.family, system == null ? "" : system),
        system,
        Browsers.nameOf(text, client.userAgent.family),
        bot == null ? null : bot.reason(),
        bot == null ? null : bot.name());
  }
}
