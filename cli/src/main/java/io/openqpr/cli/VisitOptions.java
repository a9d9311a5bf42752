package io.openqpr.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which visits are meant.
final class VisitOptions {

  @Option(names = "--country", paramLabel = "CODE", description = "Only from there, such as DE.")
  private @Nullable String country;

  @Option(names = "--region", paramLabel = "CODE", description = "Only from there, such as BE.")
  private @Nullable String region;

  @Option(names = "--city", paramLabel = "NAME", description = "Only from there.")
  private @Nullable String city;

  @Option(
      names = "--device",
      paramLabel = "KIND",
      completionCandidates = Choices.OfDevice.class,
      description = "Only with a mobile, tablet, desktop or unknown device.")
  private @Nullable String device;

  @Option(names = "--os", paramLabel = "NAME", description = "Only with this system, such as iOS.")
  private @Nullable String os;

  @Option(
      names = "--browser",
      paramLabel = "NAME",
      description = "Only with this browser or app, such as Safari.")
  private @Nullable String browser;

  @Option(
      names = "--language",
      paramLabel = "TAG",
      description = "Only in this language; de means de-AT too.")
  private @Nullable String language;

  @Option(
      names = "--referrer",
      paramLabel = "HOST",
      description = "Only those that came over a link there.")
  private @Nullable String referrer;

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "Only with this parameter in the scan URL; may be given again.")
  private Map<String, String> params = Map.of();

  Query addedTo(Query query) {
    Query with =
        query
            .with("country", country)
            .with("region", region)
            .with("city", city)
            .with("device", device)
            .with("os", os)
            .with("browser", browser)
            .with("language", language)
            .with("referrer", referrer);
    for (Map.Entry<String, String> param : params.entrySet()) {
      with = with.with(Query.encoded("params." + param.getKey()), param.getValue());
    }
    return with;
  }
}
