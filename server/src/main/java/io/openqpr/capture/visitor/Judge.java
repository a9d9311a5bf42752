package io.openqpr.capture.visitor;

import io.openqpr.capture.agent.Agent;
import io.openqpr.capture.agent.Agents;
import io.openqpr.model.IgnoreReason;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells people from everything else that fetches a scan URL, in the steps of [#steps]: the first
/// that finds a reason gives it. What none refuses is a person. The same hit is always judged
/// alike.
public final class Judge {

  /// One thing that can be seen.
  private interface Step {
    @Nullable IgnoreReason reasonIn(Hit hit, Agent agent);
  }

  private static final List<String> AHEAD = List.of("prefetch", "prerender", "preview", "preload");

  /// Where a browser puts what it fetches for a page; a person's navigation is a `document`. An app
  /// may show the page in a frame.
  private static final Set<String> PARTS_OF_PAGES =
      Set.of(
          "audio",
          "audioworklet",
          "font",
          "image",
          "json",
          "manifest",
          "paintworklet",
          "report",
          "script",
          "serviceworker",
          "sharedworker",
          "style",
          "track",
          "video",
          "webidentity",
          "worker",
          "xslt");

  private final Agents agents;
  private final boolean headersRequired;
  private final DataCenters dataCenters;
  private final List<Step> steps =
      List.of(
          Judge::method,
          Judge::fetchedAhead,
          (_, agent) -> agent.reason(),
          Judge::contradiction,
          this::missingHeaders,
          this::dataCenter);

  /// @param headersRequired whether a browser that lacks the headers of one is no person
  public Judge(Agents agents, boolean headersRequired, DataCenters dataCenters) {
    this.agents = agents;
    this.headersRequired = headersRequired;
    this.dataCenters = dataCenters;
  }

  public Judgement judge(Hit hit) {
    Agent agent = agents.of(hit.agent());
    for (Step step : steps) {
      IgnoreReason reason = step.reasonIn(hit, agent);
      if (reason != null) {
        return new Judgement.NoPerson(reason, agent.bot(), agent);
      }
    }
    return new Judgement.Person(agent);
  }

  private static @Nullable IgnoreReason method(Hit hit, Agent agent) {
    return hit.method().equals("HEAD") ? IgnoreReason.HEAD : null;
  }

  /// Refused so that the visit itself comes again: a page out of the browser's cache would be a
  /// scan that nobody saw.
  private static @Nullable IgnoreReason fetchedAhead(Hit hit, Agent agent) {
    Hit.Purposes said = hit.purposes();
    boolean ahead =
        saysAhead(said.secPurpose())
            || saysAhead(said.purpose())
            || saysAhead(said.xPurpose())
            || saysAhead(said.xMoz());
    return ahead ? IgnoreReason.PREFETCH : null;
  }

  private static boolean saysAhead(@Nullable String purpose) {
    if (purpose == null) {
      return false;
    }
    String said = purpose.toLowerCase(Locale.ROOT);
    return AHEAD.stream().anyMatch(said::contains);
  }

  /// Only what no person's navigation says. `Sec-Fetch-Mode` is not asked: apps set it as they
  /// like.
  private static @Nullable IgnoreReason contradiction(Hit hit, Agent agent) {
    boolean partOfPage =
        hit.secFetchDest() != null
            && PARTS_OF_PAGES.contains(hit.secFetchDest().strip().toLowerCase(Locale.ROOT));
    boolean wantsNoPage = hit.accept() != null && !takesPages(hit.accept());
    return partOfPage || wantsNoPage ? IgnoreReason.NO_BROWSER : null;
  }

  private static boolean takesPages(String accept) {
    String types = accept.toLowerCase(Locale.ROOT);
    return types.isBlank()
        || types.contains("text/html")
        || types.contains("text/*")
        || types.contains("application/xhtml+xml")
        || types.contains("*/*");
  }

  /// Of browsers only: an app that fetches a page itself need not have a language.
  private @Nullable IgnoreReason missingHeaders(Hit hit, Agent agent) {
    boolean missing = hit.accept() == null || hit.acceptLanguage() == null;
    boolean refused = headersRequired && missing && hit.agent().startsWith("Mozilla/");
    return refused ? IgnoreReason.NO_BROWSER : null;
  }

  private @Nullable IgnoreReason dataCenter(Hit hit, Agent agent) {
    return dataCenters.contain(hit.address()) ? IgnoreReason.DATA_CENTER : null;
  }
}
