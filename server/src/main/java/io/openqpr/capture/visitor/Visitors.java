package io.openqpr.capture.visitor;

import io.openqpr.code.rule.IgnoreRules;
import io.openqpr.model.CodeRef;
import io.openqpr.model.IgnoreReason;
import io.openqpr.web.http.ClientAddress;
import io.openqpr.web.http.Request;
import java.net.InetAddress;
import java.util.Optional;

/// Judges who scanned.
public final class Visitors {

  /// Longer agents are cut: no real one is, and what is remembered of them stays small.
  private static final int LONGEST_USER_AGENT = 512;

  private final ClientAddress addresses;
  private final Judge judge;
  private final IgnoreRules rules;
  private final Observer observer;

  public Visitors(ClientAddress addresses, Judge judge, IgnoreRules rules, Observer observer) {
    this.addresses = addresses;
    this.judge = judge;
    this.rules = rules;
    this.observer = observer;
  }

  public Visit visit(CodeRef code, Request request) {
    String userAgent = userAgent(request);
    InetAddress address = addresses.of(request);
    Judgement judgement = judge.judge(Hit.of(request, userAgent, address));
    Visitor visitor =
        observer.visitorOf(code.account(), request, judgement.agent(), address, userAgent);
    return switch (judgement) {
      case Judgement.Person _ -> counted(visitor, rules.reasonFor(code, address, userAgent));
      case Judgement.NoPerson none -> new Visit.Ignored(visitor, none.reason(), none.bot());
    };
  }

  /// A person, whom the account may have told to ignore.
  private static Visit counted(Visitor visitor, Optional<IgnoreReason> ruled) {
    return ruled.isEmpty()
        ? new Visit.Scanned(visitor)
        : new Visit.Ignored(visitor, ruled.get(), null);
  }

  private static String userAgent(Request request) {
    String agent = request.header("User-Agent").orElse("");
    return agent.length() <= LONGEST_USER_AGENT ? agent : agent.substring(0, LONGEST_USER_AGENT);
  }
}
