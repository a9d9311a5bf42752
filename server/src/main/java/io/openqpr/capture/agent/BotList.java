package io.openqpr.capture.agent;

import io.openqpr.model.IgnoreReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How user agents of bots are known: first by name, from `our-bots.tsv` and `bots.tsv`, then by
/// what many have in common. Tells nothing of empty agents.
final class BotList {

  /// @param name `null` where no list has it
  record Bot(IgnoreReason reason, @Nullable String name) {}

  private record Entry(Bot bot, AgentPattern pattern) {}

  private static final String PERSON = "PERSON";

  private final List<Entry> named = new ArrayList<>();
  private final List<Entry> nameless = new ArrayList<>();
  private final List<AgentPattern> people = new ArrayList<>();

  BotList() {
    read("our-bots.tsv");
    read("bots.tsv");
  }

  /// `null` when it may be a person.
  @Nullable Bot find(String agent) {
    String lower = agent.toLowerCase(Locale.ROOT);
    Bot known = first(named, agent, lower);
    if (known != null) {
      return known;
    }
    boolean person = people.stream().anyMatch(pattern -> pattern.isIn(agent, lower));
    return person ? null : first(nameless, agent, lower);
  }

  private static @Nullable Bot first(List<Entry> entries, String agent, String lower) {
    for (Entry entry : entries) {
      if (entry.pattern().isIn(agent, lower)) {
        return entry.bot();
      }
    }
    return null;
  }

  private void read(String resource) {
    try (InputStream in = BotList.class.getResourceAsStream(resource);
        var lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        if (!line.startsWith("#")) {
          add(line.split("\t"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String[] cells) {
    AgentPattern pattern = AgentPattern.of(cells[2]);
    if (cells[0].equals(PERSON)) {
      people.add(pattern);
      return;
    }
    IgnoreReason reason = IgnoreReason.valueOf(cells[0]);
    if (cells[1].isEmpty()) {
      nameless.add(new Entry(new Bot(reason, null), pattern));
    } else {
      named.add(new Entry(new Bot(reason, cells[1]), pattern));
    }
  }
}
