package io.openqpr.capture.visitor;

import io.openqpr.capture.agent.Agents;
import io.openqpr.capture.place.Places;
import io.openqpr.code.rule.IgnoreRules;
import io.openqpr.platform.config.DeviceRotation;
import io.openqpr.platform.config.VisitorSettings;
import io.openqpr.platform.metric.Counter;
import io.openqpr.web.Ground;
import io.openqpr.web.Room;
import io.openqpr.web.http.ClientAddress;
import org.jspecify.annotations.Nullable;

/// All that tells who scanned; answers nothing by itself.
public final class VisitorRoom implements Room {

  private final Agents agents = new Agents();
  private final Visitors visitors;
  private @Nullable RotatingSecrets rotating;

  public VisitorRoom(Ground ground, IgnoreRules rules, Places places, DataCenters dataCenters) {
    VisitorSettings settings = ground.settings().visitors();
    String publicUrl = ground.publicUrl();
    var addresses = new ClientAddress(ground.settings().trustedProxies());
    var judge = new Judge(agents, settings.headersRequired(), dataCenters);
    var keys = new DeviceKeys(secrets(ground, settings.devices().rotation()));
    var recognition =
        new Recognition(keys, settings.devices().cookie() ? ground.random() : null, publicUrl);
    var objections = new Objections(settings.signals(), ground.random());
    visitors =
        new Visitors(
            addresses,
            judge,
            rules,
            new Observer(addresses, places, recognition, objections, publicUrl));
  }

  private DeviceSecrets secrets(Ground ground, @Nullable DeviceRotation rotation) {
    var stored = ground.store().secrets();
    if (rotation == null) {
      RotatingSecrets.forgetAll(stored);
      return DeviceSecrets.Fixed.of(ground.secret().keyFor("device key"));
    }
    return rotating =
        new RotatingSecrets(rotation, stored, ground.random(), ground.clock(), ground.watch());
  }

  public Visitors visitors() {
    return visitors;
  }

  public Counter counter() {
    return new Counter(
        "openqpr_agents_refused_total",
        "Requests for scan URLs refused because too many new user agents were to be read.",
        agents::refused);
  }

  @Override
  public void close() throws InterruptedException {
    if (rotating != null) {
      rotating.close();
    }
  }
}
