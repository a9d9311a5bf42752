package io.openqpr.platform.config;

import io.openqpr.model.Cidr;
import java.util.List;

/// Where webhooks may be sent to.
///
/// @param networks besides what is on the internet
public record WebhookSettings(List<Cidr> networks, Ports ports) {

  public static final String DEFAULT_PORTS = "80,443,1024-65535";

  public static final WebhookSettings DEFAULT =
      new WebhookSettings(List.of(), Ports.parse(DEFAULT_PORTS));

  public WebhookSettings {
    networks = List.copyOf(networks);
  }
}
