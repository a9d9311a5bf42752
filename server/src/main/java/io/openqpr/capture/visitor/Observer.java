package io.openqpr.capture.visitor;

import io.openqpr.capture.agent.Agent;
import io.openqpr.capture.place.Places;
import io.openqpr.model.Details;
import io.openqpr.model.Place;
import io.openqpr.model.ScanField;
import io.openqpr.web.http.ClientAddress;
import io.openqpr.web.http.Request;
import java.net.InetAddress;

/// Sees what is kept of whoever scanned, and forgets the rest.
public final class Observer {

  private final ClientAddress addresses;
  private final Places places;
  private final Recognition recognition;
  private final Objections objections;
  private final VisitDetails details;

  /// @param publicUrl of this server
  public Observer(
      ClientAddress addresses,
      Places places,
      Recognition recognition,
      Objections objections,
      String publicUrl) {
    this.addresses = addresses;
    this.places = places;
    this.recognition = recognition;
    this.objections = objections;
    this.details = new VisitDetails(publicUrl);
  }

  /// @param account whose code was scanned
  /// @param agent what `userAgent` says
  Visitor visitorOf(
      int account, Request request, Agent agent, InetAddress address, String userAgent) {
    Details known = details.of(request, agent);
    if (objections.isIn(request)) {
      return new Visitor(
          agent.device(), Place.UNKNOWN, objections.keyForOnce(), objections.leave(known), null);
    }
    var seen = new Device.Seen(address, userAgent, known.get(ScanField.LANGUAGE));
    Recognition.Recognised device = recognition.of(account, request, seen);
    return new Visitor(
        agent.device(), place(request, address), device.key(), known, device.setCookie());
  }

  /// What the database says; where it says nothing, what a trusted proxy does.
  private Place place(Request request, InetAddress address) {
    Place place = places.placeOf(address);
    return place.country() == null && addresses.isTrusted(request.peer())
        ? CountryHeader.placeOf(request)
        : place;
  }
}
