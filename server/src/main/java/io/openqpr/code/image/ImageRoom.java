package io.openqpr.code.image;

import io.openqpr.account.AccountRoom;
import io.openqpr.account.Gate;
import io.openqpr.code.CodeRoom;
import io.openqpr.code.Codes;
import io.openqpr.model.ScannableCode;
import io.openqpr.platform.ByteBudget;
import io.openqpr.platform.HeapShare;
import io.openqpr.platform.metric.Counter;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.Answer;
import io.openqpr.web.http.EntityTag;
import io.openqpr.web.http.Parameters;
import io.openqpr.web.http.Problem.Kind;
import io.openqpr.web.http.ProblemException;
import io.openqpr.web.http.Request;
import io.openqpr.web.http.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `GET /qr/{short_id}.png`, `.svg`, `.pdf`: the QR code of a code's scan URL, for everybody; and
/// the account's logo. A code that is paused or deleted is drawn too: its pictures are out there.
public final class ImageRoom implements Room {

  /// To be raised when the same design is drawn otherwise: what is kept elsewhere is drawn anew.
  private static final String DRAWING_VERSION = "2";

  // Not "immutable": the address this server goes by is inside, and may be mended before printing.
  private static final String KEEP = "public, max-age=86400";
  private static final String KEEP_WITH_LOGO = "public, max-age=300";

  static {
    // Nothing here needs a screen, not even where there is one.
    System.setProperty("java.awt.headless", "true");
  }

  private final Codes codes;
  private final Logos logos;
  private final Studio studio = new Studio();
  private final Drawn drawn = new Drawn();

  /// Of pictures that nobody else holds, for whoever reads slowly.
  private final ByteBudget sent =
      new ByteBudget("pictures", HeapShare.PICTURES_SENT.bytes(), Duration.ofSeconds(2));

  private final Gate gate;
  private final String publicUrl;

  public ImageRoom(Ground ground, AccountRoom accounts, CodeRoom codes) {
    this.codes = codes.codes();
    this.logos = new Logos(ground.store().logos());
    this.gate = accounts.gate();
    this.publicUrl = ground.publicUrl();
  }

  @Override
  public List<Counter> counters() {
    return List.of(
        new Counter(
            "openqpr_pictures_refused_total",
            "Pictures and logos refused with 503.",
            studio::refused),
        new Counter(
            "openqpr_pictures_drawn_total",
            "Pictures drawn; others were still there.",
            drawn::drawn),
        new Counter(
            "openqpr_large_pictures_refused_total",
            "Large pictures refused because too many were on their way to slow readers.",
            sent::refused));
  }

  @Override
  public List<Route> routes() {
    var routes = new ArrayList<Route>();
    routes.add(Route.get("/qr/{file}", this::draw));
    routes.addAll(new LogoRoutes(logos, studio, gate).routes());
    return routes;
  }

  private Answer draw(Request request) {
    String file = request.pathParameter("file");
    int dot = file.lastIndexOf('.');
    Format format = Format.ofExtension(file.substring(dot + 1)).orElseThrow(ImageRoom::noFormat);
    ScannableCode code = code(file.substring(0, Math.max(0, dot)));
    String url = publicUrl + "/s/" + code.ref().shortId();

    Parameters parameters = request.parameters();
    Design design = Design.read(parameters);
    Optional<Logo> logo = design.withLogo() ? logos.find(code.ref().account()) : Optional.empty();
    if (design.withLogo() && logo.isEmpty()) {
      parameters.error("logo", "cannot be true: the account has none; see PUT /v1/logo");
    }
    Symbol symbol = Symbol.of(url, design.level());
    int modules = Picture.modules(symbol, design);
    if (format == Format.PNG && design.size() < modules) {
      parameters.error(
          "size", "must be at least %d here, a pixel for each module".formatted(modules));
    }
    parameters.done();

    var tag = EntityTag.of(DRAWING_VERSION, format, url, design, logo.map(Logo::hash).orElse(""));
    List<String> headers =
        List.of("ETag", tag.text(), "Cache-Control", logo.isEmpty() ? KEEP : KEEP_WITH_LOGO);
    if (tag.isKnownTo(request)) {
      return Answer.notModified().with(headers);
    }
    var picture = Picture.of(symbol, design, logo);
    byte[] bytes =
        drawn.of(
            tag.text(),
            () -> studio.make(picture.bytesToDraw(format), () -> picture.drawnAs(format)));
    if (bytes.length > Drawn.MOST_BYTES) {
      request.reserve(sent, 2L * bytes.length);
    }
    return Answer.file(format.mediaType(), bytes).with(headers);
  }

  private ScannableCode code(String shortId) {
    Optional<ScannableCode> code = codes.byShortId(shortId);
    return code.orElseThrow(() ->
        new ProblemException(
            Kind.NOT_FOUND,
            "There is no QPR code with this short id: check that it was copied whole."));
  }

  private static ProblemException noFormat() {
    return new ProblemException(
        Kind.NOT_FOUND, "There is no such picture: QR codes are drawn as .png, .svg and .pdf.");
  }
}
