package io.openqpr.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// Which visits are meant. What is given again means any of them.
final class VisitOptions {

  @Option(names = "--country", paramLabel = "CODE", description = "Only from there, such as DE.")
  private List<String> country = List.of();

  @Option(names = "--region", paramLabel = "CODE", description = "Only from there, such as BE.")
  private List<String> region = List.of();

  @Option(names = "--city", paramLabel = "NAME", description = "Only from there.")
  private List<String> city = List.of();

  @Option(
      names = "--device",
      paramLabel = "KIND",
      completionCandidates = Choices.OfDevice.class,
      description = "Only with a mobile, tablet, desktop or unknown device.")
  private List<String> device = List.of();

  @Option(names = "--os", paramLabel = "NAME", description = "Only with this system, such as iOS.")
  private List<String> os = List.of();

  @Option(
      names = "--browser",
      paramLabel = "NAME",
      description = "Only with this browser or app, such as Safari.")
  private List<String> browser = List.of();

  @Option(
      names = "--language",
      paramLabel = "TAG",
      description = "Only in this language; de means de-AT too.")
  private List<String> language = List.of();

  @Option(
      names = "--referrer",
      paramLabel = "HOST",
      description = "Only those that came over a link there.")
  private List<String> referrer = List.of();

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "Only with this parameter in the scan URL; may be given again.")
  private Map<String, String> params = Map.of();

  @Option(
      names = "--filter",
      paramLabel = "FIELD=VALUE",
      description =
          "Any filter of the API, such as country.not=DE, city.starts=Ber, metadata.floor=3,"
              + " messages.min=3; may be given again.")
  private List<String> filters = List.of();

  /// @throws Failure where a filter has no value
  Query addedTo(Query query) {
    Query with =
        query
            .withAll("country", country)
            .withAll("region", region)
            .withAll("city", city)
            .withAll("device", device)
            .withAll("os", os)
            .withAll("browser", browser)
            .withAll("language", language)
            .withAll("referrer", referrer);
    for (Map.Entry<String, String> param : params.entrySet()) {
      with = with.with(Query.encoded("params." + param.getKey()), param.getValue());
    }
    for (String filter : filters) {
      int equals = filter.indexOf('=');
      if (equals < 1) {
        throw Failure.usage(
            "--filter must be a field and its value, such as country.not=DE; got " + filter);
      }
      with = with.with(Query.encoded(filter.substring(0, equals)), filter.substring(equals + 1));
    }
    return with;
  }
}
