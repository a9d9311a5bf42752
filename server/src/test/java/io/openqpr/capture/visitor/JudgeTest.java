package io.openqpr.capture.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.capture.agent.Agents;
import io.openqpr.capture.visitor.Hit.Purposes;
import io.openqpr.model.Cidr;
import io.openqpr.model.IgnoreReason;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {

  private static final Agents AGENTS = new Agents();
  private static final DataCenters DATA_CENTERS =
      new DataCenters(List.of(Cidr.parse("192.0.2.0/24")));
  private static final InetAddress HOME = InetAddress.ofLiteral("203.0.113.7");
  private static final String IPHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
  private static final String PAGES = "text/html,application/xhtml+xml,*/*;q=0.8";
  private static final Hit SCAN =
      new Hit("GET", IPHONE, HOME, PAGES, "de-DE", "document", Purposes.NONE);

  private final Judge judge = new Judge(AGENTS, false, DATA_CENTERS);
  private final Judge strict = new Judge(AGENTS, true, DATA_CENTERS);

  @Test
  void aPhonesBrowserIsAPerson() {
    assertThat(judge.judge(SCAN)).isEqualTo(new Judgement.Person(AGENTS.of(IPHONE)));
    assertThat(reason(strict, SCAN)).isNull();
  }

  @Test
  void anAgentAloneIsAPersonUnlessHeadersAreRequired() {
    Hit bare = new Hit("GET", IPHONE, HOME, null, null, null, Purposes.NONE);
    assertThat(reason(judge, bare)).isNull();
    assertThat(reason(strict, bare)).isEqualTo(IgnoreReason.NO_BROWSER);
  }

  @Test
  void anAppNeedNotSendABrowsersHeaders() {
    Hit app =
        new Hit(
            "GET",
            "QR%20Reader/5.1 CFNetwork/1240.0.4 Darwin/20.6.0",
            HOME,
            "*/*",
            null,
            null,
            Purposes.NONE);
    assertThat(reason(strict, app)).isNull();
  }

  @Test
  void askingForTheHeadersOnlyIsNoScan() {
    Hit head = new Hit("HEAD", IPHONE, HOME, PAGES, "de-DE", "document", Purposes.NONE);
    assertThat(reason(judge, head)).isEqualTo(IgnoreReason.HEAD);
  }

  @Test
  void theFirstStepThatRefusesGivesTheReasonAndTheNameStays() {
    Hit head = new Hit("HEAD", "WhatsApp/2.23.20.0", HOME, null, null, null, Purposes.NONE);
    assertThat(judge.judge(head))
        .isInstanceOfSatisfying(
            Judgement.NoPerson.class,
            no -> {
              assertThat(no.reason()).isEqualTo(IgnoreReason.HEAD);
              assertThat(no.bot()).isEqualTo("WhatsApp");
            });
  }

  @Test
  void whatIsFetchedAheadIsNoScan() {
    for (Purposes ahead :
        List.of(
            new Purposes("prefetch", null, null, null),
            new Purposes("prefetch;prerender", null, null, null),
            new Purposes("prefetch;anonymous-client-ip", null, null, null),
            new Purposes(null, "Prefetch", null, null),
            new Purposes(null, null, "preview", null),
            new Purposes(null, null, null, "prefetch"))) {
      Hit hit = new Hit("GET", IPHONE, HOME, PAGES, "de-DE", "document", ahead);
      assertThat(reason(judge, hit)).as(ahead.toString()).isEqualTo(IgnoreReason.PREFETCH);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "script", "style", "font", "video", "Audio", "serviceworker"})
  void aPartOfAPageIsNoScan(String destination) {
    Hit hit = new Hit("GET", IPHONE, HOME, PAGES, "de-DE", destination, Purposes.NONE);
    assertThat(reason(judge, hit)).isEqualTo(IgnoreReason.NO_BROWSER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"document", "iframe", "empty", "", "something-new"})
  void whatMayBeAPageIsAScan(String destination) {
    Hit hit = new Hit("GET", IPHONE, HOME, PAGES, "de-DE", destination, Purposes.NONE);
    assertThat(reason(judge, hit)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/avif,image/webp", "application/json", "text/css"})
  void whoTakesNoPagesIsNoBrowser(String accept) {
    Hit hit = new Hit("GET", IPHONE, HOME, accept, "de-DE", null, Purposes.NONE);
    assertThat(reason(judge, hit)).isEqualTo(IgnoreReason.NO_BROWSER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "image/webp,*/*;q=0.8", "TEXT/HTML", "text/*", ""})
  void whoTakesPagesMayBeABrowser(String accept) {
    Hit hit = new Hit("GET", IPHONE, HOME, accept, "de-DE", null, Purposes.NONE);
    assertThat(reason(judge, hit)).isNull();
  }

  @Test
  void aDataCenterIsNoPerson() {
    Hit hit =
        new Hit(
            "GET",
            IPHONE,
            InetAddress.ofLiteral("192.0.2.9"),
            PAGES,
            "de-DE",
            "document",
            Purposes.NONE);
    assertThat(reason(judge, hit)).isEqualTo(IgnoreReason.DATA_CENTER);
  }

  private static @Nullable IgnoreReason reason(Judge judge, Hit hit) {
    return switch (judge.judge(hit)) {
      case Judgement.Person _ -> null;
      case Judgement.NoPerson no -> no.reason();
    };
  }
}
