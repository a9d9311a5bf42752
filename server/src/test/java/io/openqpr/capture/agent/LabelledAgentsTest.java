package io.openqpr.capture.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// How well real agents are told apart, by `agents.tsv`. Prints the figures that the README states.
class LabelledAgentsTest {

  private record Labelled(String label, String device, String text, Agent agent) {

    boolean isPerson() {
      return label.equals("person");
    }

    boolean isJudgedRight() {
      return isPerson() == (agent.reason() == null);
    }

    boolean hasRightDevice() {
      return device.equals(agent.device().name().toLowerCase(Locale.ROOT));
    }

    boolean hasRightReason() {
      return agent.reason() != null && label.equals(agent.reason().name().toLowerCase(Locale.ROOT));
    }
  }

  private final Map<String, List<Labelled>> groups = read();

  @Test
  void peopleAreKeptAndBotsRefused() {
    groups.forEach((name, agents) -> System.out.println(figures(name, agents)));
    List<Labelled> all = groups.values().stream().flatMap(List::stream).toList();
    List<Labelled> people = all.stream().filter(Labelled::isPerson).toList();
    List<Labelled> bots = all.stream().filter(agent -> !agent.isPerson()).toList();
    System.out.println(figures("people", people));
    System.out.println(figures("bots", bots));
    for (Labelled agent : all) {
      boolean wrongDevice = agent.isPerson() && !agent.hasRightDevice();
      if (!agent.isJudgedRight() || wrongDevice) {
        System.out.printf("  %s, %s: %s%n", agent.label(), agent.device(), agent.agent());
        System.out.println("    " + agent.text());
      }
    }

    assertThat(all).hasSizeGreaterThan(600);
    assertThat(share(people.stream().filter(Labelled::isJudgedRight).count(), people))
        .as("people kept")
        .isGreaterThanOrEqualTo(99);
    assertThat(share(people.stream().filter(Labelled::hasRightDevice).count(), people))
        .as("devices right")
        .isGreaterThanOrEqualTo(98);
    assertThat(share(bots.stream().filter(Labelled::isJudgedRight).count(), bots))
        .as("bots refused")
        .isGreaterThanOrEqualTo(97);
  }

  private static String figures(String name, List<Labelled> agents) {
    double right = share(agents.stream().filter(Labelled::isJudgedRight).count(), agents);
    boolean people = agents.getFirst().isPerson();
    long more =
        agents.stream().filter(a -> people ? a.hasRightDevice() : a.hasRightReason()).count();
    return String.format(
        Locale.ROOT,
        "%-26s %4d  %s %5.1f%%  %s right %5.1f%%",
        name,
        agents.size(),
        people ? "kept   " : "refused",
        right,
        people ? "device" : "reason",
        share(more, agents));
  }

  private static double share(long part, List<Labelled> of) {
    return 100.0 * part / of.size();
  }

  private static Map<String, List<Labelled>> read() {
    var agents = new Agents();
    var groups = new LinkedHashMap<String, List<Labelled>>();
    List<Labelled> group = new ArrayList<>();
    try (InputStream in = LabelledAgentsTest.class.getResourceAsStream("agents.tsv")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("## ")) {
          group = groups.computeIfAbsent(line.substring(3), _ -> new ArrayList<>());
        } else if (!line.startsWith("#")) {
          String[] cells = line.split("\t", 3);
          group.add(new Labelled(cells[0], cells[1], cells[2], agents.of(cells[2])));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return groups;
  }
}
