package io.openqpr.platform.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How visitors are judged and recognised.
///
/// @param dataCenters a file of address ranges where no person scans; `null` for none
/// @param headersRequired whether a browser that lacks the headers of one is no person
/// @param devices how distinct ones are told apart
/// @param signals what is done when somebody does not want to be followed
public record VisitorSettings(
    @Nullable Path dataCenters,
    boolean headersRequired,
    DeviceSettings devices,
    PrivacySignals signals) {

  public static final VisitorSettings DEFAULT =
      new VisitorSettings(null, false, DeviceSettings.DEFAULT, PrivacySignals.HONOUR);
}
