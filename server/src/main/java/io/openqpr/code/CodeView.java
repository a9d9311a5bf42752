package io.openqpr.code;

import io.openqpr.model.CodeStatus;
import io.openqpr.model.QprCode;
import io.openqpr.model.Template;
import io.openqpr.web.http.RawJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A code as the API shows it; names and order are the contract's.
public record CodeView(
    String id,
    String name,
    String shortId,
    String scanUrl,
    String qrImageUrl,
    String qrSvgUrl,
    @Nullable Template template,
    CodeStatus status,
    long scansTotal,
    RawJson metadata,
    Instant createdAt,
    Instant updatedAt) {

  public static CodeView of(QprCode code, long scansTotal, String publicUrl) {
    String shortId = code.ref().shortId();
    return new CodeView(
        code.ref().id().text(),
        code.name(),
        shortId,
        publicUrl + "/s/" + shortId,
        publicUrl + "/qr/" + shortId + ".png",
        publicUrl + "/qr/" + shortId + ".svg",
        code.template(),
        code.status(),
        scansTotal,
        new RawJson(code.metadata()),
        code.createdAt(),
        code.updatedAt());
  }
}
