package io.openqpr.capture.agent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.openqpr.model.DeviceKind;
import io.openqpr.model.IgnoreReason;
import io.openqpr.platform.HeapShare;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import ua_parser.Client;
import ua_parser.Parser;

/// Reads user agents: by the ua-parser project's rules, which tell families of devices, systems and
/// browsers, and by the lists of bots. A new agent takes a good part of a millisecond, but people's
/// agents repeat: the hot path finds most of them remembered.
///
/// A stranger may send a new one each time, made to be slow: only its beginning is read, since some
/// of the rules take time by the square of the length, or overflow the stack; and new ones are read
/// a few at a time, so that whoever sends a known one does not wait for them.
public final class Agents {

  /// Characters that are read. The longest of people's have about 400.
  static final int MOST_READ = 512;

  /// How long a new one may wait for its turn.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

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
  private final Semaphore turns;
  private final Duration patience;
  private final Function<String, Agent> reading;
  private final LongAdder refused = new LongAdder();

  /// Begins to load rules and lists in the background; whoever asks before they are there waits.
  public Agents() {
    this.turns = new Semaphore(atOnce(Runtime.getRuntime().availableProcessors()), true);
    this.patience = PATIENCE;
    this.reading = this::read;
  }

  Agents(int atOnce, Duration patience, Function<String, Agent> reading) {
    this.turns = new Semaphore(atOnce, true);
    this.patience = patience;
    this.reading = reading;
  }

  /// Half of the processors are left to everybody else.
  static int atOnce(int processors) {
    return Math.max(1, processors / 2);
  }

  /// @throws TooManyAgentsException when so many new ones are to be read that this one's turn does
  ///   not come in seconds
  public Agent of(String text) {
    if (text.isBlank()) {
      return NONE;
    }
    String beginning = text.length() <= MOST_READ ? text : text.substring(0, MOST_READ);
    Agent known = remembered.getIfPresent(beginning);
    return known != null ? known : inTurn(beginning);
  }

  /// How many were not read since the start.
  public long refused() {
    return refused.sum();
  }

  private Agent inTurn(String text) {
    if (!hasTurn()) {
      refused.increment();
      throw new TooManyAgentsException();
    }
    try {
      return remembered.get(text, reading);
    } finally {
      turns.release();
    }
  }

  private boolean hasTurn() {
    try {
      return turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
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
