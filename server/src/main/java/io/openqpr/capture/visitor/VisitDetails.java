package io.openqpr.capture.visitor;

import io.openqpr.capture.agent.Agent;
import io.openqpr.model.Details;
import io.openqpr.model.HostName;
import io.openqpr.model.ScanField;
import io.openqpr.web.http.Request;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Reads what a request says of its visit, and forgets all of it that could tell one person from
/// another.
final class VisitDetails {

  private final @Nullable String ownHost;
  private final Languages languages = new Languages();

  /// @param publicUrl of this server, whose own pages are no referrers
  VisitDetails(String publicUrl) {
    String host = URI.create(publicUrl).getHost();
    ownHost = host == null ? null : HostName.normalised(host);
  }

  Details of(Request request, Agent agent) {
    return Details.NONE
        .with(ScanField.OS, agent.os())
        .with(ScanField.BROWSER, agent.browser())
        .with(ScanField.LANGUAGE, language(request))
        .with(ScanField.REFERRER, referrer(request))
        .with(ScanField.PARAMS, OwnParams.of(request.rawQuery()));
  }

  private @Nullable String language(Request request) {
    String header = request.header("Accept-Language").orElse(null);
    return header == null ? null : languages.firstOf(header);
  }

  private @Nullable String referrer(Request request) {
    String header = request.header("Referer").orElse(null);
    return header == null ? null : Referrer.hostOf(header, ownHost);
  }
}
