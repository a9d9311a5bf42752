package io.openqpr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Query parameters that are wrong, unknown or given twice.
class BadParametersTest extends BadInput {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0 | limit | from 1 to 200; got `0`",
        "limit=201 | limit | from 1 to 200; got `201`",
        "limit=-5 | limit | got `-5`",
        "limit=abc | limit | got `abc`",
        "limit=1.5 | limit | got `1.5`",
        "limit=1e2 | limit | got `1e2`",
        "limit=+5 | limit | got ` 5`",
        "limit=%2B5 | limit | got `+5`",
        "limit= | limit | is empty",
        "limit | limit | is empty",
        "limit=5&limit=5 | limit | given 2 times",
        "limit=99999999999999999999 | limit | must be a whole number",
        "limit=%D9%A5 | limit | must be a whole number",
        "offset=-1 | offset | 0 or more; got `-1`",
        "offset=x | offset | got `x`",
        "offset=9223372036854775808 | offset | 0 or more",
        "since=yesterday | since | such as 2026-03-20T15:30:00Z",
        "since=2026-03-20T15:30:00 | since | with its offset",
        "since=2026-02-30 | since | got `2026-02-30`",
        "until=1774020600 | until | got `1774020600`",
        "until=2026-03-20T25:00:00Z | until | got",
        "until=%2B999999999-01-01T00:00:00Z | until | got",
        "since=2026-03-20&until=2026-03-20 | since | must be before `until`",
        "since=2026-03-21&until=2026-03-20 | since | must be before `until`",
        "cursor=nonsense | cursor | `next_cursor`",
        "cursor= | cursor | is empty",
        "cursor=MTp4OnNjYW5f | cursor | `next_cursor`",
        "cursor=MTowOnNjYW5f&offset=1 | offset | together with `cursor`",
        "cursor=MTowOgA | cursor | `next_cursor`",
        "cursor=MTowOmEAYg | cursor | `next_cursor`",
        "params.*=x | params.* | such as params.name",
        "params.=x | params.* | such as params.name",
        "qpr_code_id= | qpr_code_id | is empty",
        "since=2026-03-20&since=2026-03-20 | since | given 2 times",
        "country=Germany | country | two letters (ISO 3166-1), such as DE; got `Germany`",
        "country=DE,,AT | country | is empty",
        "country=DE,Austria | country | got `Austria`",
        "country.nto=DE | country.nto | did you mean `country.not`?",
        "contry.not=DE | contry.not | did you mean `country.not`?",
        "country.contains=D | country.contains | is not known here",
        "city.contians=x | city.contians | did you mean `city.contains`?",
        "city.starts= | city.starts | is empty",
        "device=mobil | device | did you mean `mobile`?; got `mobil`",
        "device=none | device | must be one of unknown, mobile, tablet, desktop",
        "template=shop | template | must be one of business, rewards",
        "conversation=began | conversation | must be one of none, started, open, completed",
        "messages.min=-1 | messages.min | from 0 to 1000000; got `-1`",
        "messages.min=1&messages.min=2 | messages.min | given 2 times",
        "messages=1 | messages | did you mean `messages.m",
        "hour=24 | hour | from 0 to 23; got `24`",
        "hour=07 | hour | from 0 to 23; got `07`",
        "weekday=0 | weekday | from 1 to 7; got `0`",
        "weekday=mon | weekday | from 1 to 7; got `mon`",
        "metadata.=x | metadata.* | such as metadata.name",
        "timezone=Mars | timezone | IANA",
        "ofset=1 | ofset | did you mean `offset`?",
        "code=x | code | is not known here",
        "%6Cimit=0 | limit | got `0`",
        "limit=%FF | limit | UTF-8",
        "limit=%C3%28 | limit | UTF-8",
        "limit=5%00 | limit | control characters",
        "limit=5%0A | limit | control characters",
        "limit=%ZZ | limit | two hex digits",
        "limit=% | limit | two hex digits",
        "=5 | '' | is not known here",
      })
  void aListsParametersAreStrict(String query, String field, String message) throws IOException {
    // A raw socket: clients refuse to send some of these.
    String answer =
        raw(
            "GET /v1/scans?%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(query, TestServer.KEY));
    assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    assertError(answer.substring(answer.indexOf("\r\n\r\n")), field, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "period=1d | period | must be one of 7d, 30d, 90d, all, today, yesterday, 24h, mtd, ytd, 12mo; got `1d`",
        "period=30D | period | got `30D`",
        "period= | period | is empty",
        "period=7d&period=7d | period | given 2 times",
        "granularity=minute | granularity | must be one of hour, day, week",
        "timezone=Mars/Olympus | timezone | IANA time zone",
        "timezone=Europe/Berln | timezone | did you mean `Europe/Berlin`?",
        "timezone=%2B02:00 | timezone | IANA",
        "period=7d&since=2026-01-01 | period | together with `since`",
        "since=2026-01-02&until=2026-01-01 | since | must be before `until`",
        "since=2199-01-01 | since | must not be later than now",
        "since=1900-01-01&granularity=hour | granularity | ask with granularity=day",
        "breakdowns=contry | breakdowns | did you mean `country`?",
        "compare=last | compare | must be one of previous, year, custom",
        "compare=custom | compare_since | is needed",
        "compare_since=2026-01-01 | compare_since | goes with `compare=custom`",
        "compare_align=weekday | compare_align | goes with",
        "compare=previous&period=all | compare | nothing is before",
        "funnel=yes | funnel | got `yes`",
        "tz=UTC | tz | is not known here",
        "perod=7d | perod | did you mean `period`?",
        "os.start=i | os.start | did you mean `os.starts`?",
        "limit=5 | limit | is not known here",
      })
  void analyticsParametersAreStrict(String query, String field, String message) {
    assertBadRequest(server.get("/v1/qpr-codes/" + code + "/analytics?" + query), field, message);
    assertBadRequest(server.get("/v1/analytics?" + query), field, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=5 | by | is needed",
        "by=contry | by | did you mean `country`?",
        "by=country,device,os | by | at most 2 fields; got 3",
        "by=params | by | did you mean `params.*`?",
        "by=country&limit=0 | limit | from 1 to 90",
        "by=country&sort=size | sort | must be one of scans",
        "by=country&cursor=x | cursor | `next_cursor`",
        "by=hour&cursor=MSAwIDEgMSA9eA | cursor | `next_cursor`",
        "by=country&granularity=day | granularity | is not known here",
      })
  void aBreakdownsParametersAreStrict(String query, String field, String message) {
    assertBadRequest(
        server.get("/v1/qpr-codes/" + code + "/analytics/breakdown?" + query), field, message);
    assertBadRequest(server.get("/v1/analytics/breakdown?" + query), field, message);
  }

  @Test
  void anAbsurdlyLongValueIsCutInTheMessage() {
    HttpResponse<String> answer = server.get("/v1/scans?limit=" + LONG);

    assertBadRequest(answer, "limit", "…");
    assertThat(answer.body().length()).isLessThan(1_000);
  }

  @Test
  void allMistakesAreToldAtOnce() {
    JsonNode problem =
        TestServer.parse(server.get("/v1/scans?limit=0&offset=-1&since=x&until=y&foo=1"));

    assertThat(problem.get("errors")).hasSize(5);
  }

  @Test
  void routesWithoutParametersTakeNone() {
    assertBadRequest(server.get("/v1/scans/" + scan + "?x=1"), "x", "not known");
    assertBadRequest(server.get("/v1/qpr-codes/" + code + "?x=1"), "x", "not known");
    assertBadRequest(
        server.send("POST", "/v1/qpr-codes?x=1", "{\"name\":\"n\",\"prompt\":\"p\"}"),
        "x",
        "not known");
    assertBadRequest(
        server.send(
            "PUT",
            "/v1/scans/" + scan + "/conversation?x=1",
            "{\"messages\":1,\"status\":\"open\"}"),
        "x",
        "not known");
  }
}
