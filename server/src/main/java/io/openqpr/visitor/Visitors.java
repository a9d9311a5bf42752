package io.openqpr.visitor;

import io.openqpr.http.Request;
import io.openqpr.model.CodeRef;
import io.openqpr.model.Details;
import io.openqpr.model.IgnoreReason;
import io.openqpr.model.Place;
import io.openqpr.place.Places;
import io.openqpr.rule.IgnoreRules;
import java.net.InetAddress;
import java.util.Optional;

/// Judges who scanned.
public final class Visitors {

  /// Longer agents are cut: no real one is, and what is remembered of them stays small.
  private static final int LONGEST_USER_AGENT = 512;

  private final ClientAddress addresses;
  private final Judge judge;
  private final IgnoreRules rules;
  private final Places places;
  private final Recognition recognition;
  private final VisitDetails details;

  /// @param publicUrl of this server
  public Visitors(
      ClientAddress addresses,
      Judge judge,
      IgnoreRules rules,
      Places places,
      Recognition recognition,
      String publicUrl) {
    this.addresses = addresses;
    this.judge = judge;
    this.rules = rules;
    this.places = places;
    this.recognition = recognition;
    this.details = new VisitDetails(publicUrl);
  }

  public Visit visit(CodeRef code, Request request) {
    String agent = userAgent(request);
    InetAddress address = address(request);
    Judgement judgement = judge.judge(Hit.of(request, agent, address));
    Details known = details.of(request, judgement.agent());
    var seen = new Device.Seen(address, agent, known.language());
    var device = recognition.of(code.account(), request, seen);
    var visitor =
        new Visitor(
            judgement.agent().device(),
            place(request, address),
            device.key(),
            known,
            device.setCookie());
    return switch (judgement) {
      case Judgement.Person _ -> counted(visitor, rules.reasonFor(code, address, agent));
      case Judgement.NoPerson none -> new Visit.Ignored(visitor, none.reason(), none.bot());
    };
  }

  /// A person, whom the account may have told to ignore.
  private static Visit counted(Visitor visitor, Optional<IgnoreReason> ruled) {
    return ruled.isEmpty()
        ? new Visit.Scanned(visitor)
        : new Visit.Ignored(visitor, ruled.get(), null);
  }

  private InetAddress address(Request request) {
    return addresses.of(
        request.peer(), request.headers("X-Forwarded-For"), request.headers("Forwarded"));
  }

  /// What the database says; where it says nothing, what a trusted proxy does.
  private Place place(Request request, InetAddress address) {
    Place place = places.placeOf(address);
    return place.country() == null && addresses.isTrusted(request.peer())
        ? CountryHeader.placeOf(request)
        : place;
  }

  private static String userAgent(Request request) {
    String agent = request.header("User-Agent").orElse("");
    return agent.length() <= LONGEST_USER_AGENT ? agent : agent.substring(0, LONGEST_USER_AGENT);
  }
}
