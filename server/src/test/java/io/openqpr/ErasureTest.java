package io.openqpr;

import static io.openqpr.UserAgents.DESKTOP;
import static io.openqpr.UserAgents.IPHONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A person asks what is held of them, and wants it gone.
class ErasureTest {

  @TempDir Path directory;
  private TestServer server;
  private JsonNode code;

  @BeforeEach
  void start() {
    server = TestServer.in(directory);
    code = server.createCode("n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void oneScanIsErasedAsSoonAsItWasAnswered() {
    server.scan(code, "User-Agent", IPHONE);
    String scan = scans().get(0).get("id").stringValue();
    server.scan(code, "User-Agent", IPHONE);

    JsonNode receipt = server.json("DELETE", "/v1/scans/" + scan, "");

    assertThat(receipt.get("scans_erased").intValue()).isEqualTo(1);
    assertThat(receipt.get("ignored_hits_erased").intValue()).isZero();
    assertThat(receipt.get("erased_at").isString()).isTrue();
    assertThat(scans()).hasSize(1);
    assertThat(server.get("/v1/scans/" + scan).statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", "/v1/scans/" + scan, "").statusCode()).isEqualTo(404);
  }

  @Test
  void anErasedScanDoesNotComeBackAfterARestart() {
    server.scan(code, "User-Agent", IPHONE);
    server.json("DELETE", "/v1/scans/" + scans().get(0).get("id").stringValue(), "");
    server.close();
    server = TestServer.in(directory);

    assertThat(scans()).isEmpty();
  }

  @Test
  void aDeviceIsNamedByOneOfItsScans() {
    JsonNode other = server.createCode("other");
    server.scan(code, "User-Agent", IPHONE);
    server.scan(other, "User-Agent", IPHONE);
    server.scan(code, "User-Agent", DESKTOP);
    String scan = idOf("mobile");

    JsonNode held = server.json("/v1/scans/" + scan + "/device");
    assertThat(held.get("scans")).hasSize(2);
    assertThat(held.get("scans").get(0).get("qpr_code_id")).isEqualTo(other.get("id"));
    assertThat(held.get("ignored_hits")).isEmpty();
    assertThat(held.get("complete").booleanValue()).isTrue();
    assertThat(held.toString()).doesNotContain("key");

    JsonNode receipt = server.json("DELETE", "/v1/scans/" + scan + "/device", "");
    assertThat(receipt.get("scans_erased").intValue()).isEqualTo(2);
    assertThat(scans()).hasSize(1);
    assertThat(scans().get(0).get("device").stringValue()).isEqualTo("desktop");
    JsonNode analytics = server.json("/v1/analytics");
    assertThat(analytics.get("scans_total").intValue()).isEqualTo(1);
    assertThat(analytics.get("scans_unique_devices").intValue()).isEqualTo(1);
  }

  @Test
  void anIgnoredHitIsErasedByItself() {
    server.send(
        server.request("/s/" + code.get("short_id").stringValue()).header("User-Agent", "curl/8"));
    JsonNode hit = server.json("/v1/scans/ignored").get("ignored").get(0);

    JsonNode receipt =
        server.json("DELETE", "/v1/scans/ignored/" + hit.get("id").stringValue(), "");

    assertThat(receipt.get("scans_erased").intValue()).isZero();
    assertThat(receipt.get("ignored_hits_erased").intValue()).isEqualTo(1);
    assertThat(server.json("/v1/scans/ignored").get("total").intValue()).isZero();
  }

  @Test
  void aLateReportOfAnErasedScanFindsNothingAndChangesNothing() {
    server.scan(code, "User-Agent", IPHONE);
    String scan = scans().get(0).get("id").stringValue();
    server.json("DELETE", "/v1/scans/" + scan, "");

    int status =
        server
            .send(
                "PUT",
                "/v1/scans/" + scan + "/conversation",
                "{\"messages\": 1, \"status\": \"open\"}")
            .statusCode();

    assertThat(status).isEqualTo(404);
    assertThat(scans()).isEmpty();
  }

  @Test
  void whatIsNotThereCannotBeErased() {
    assertThat(server.send("DELETE", "/v1/scans/ignored/hit_none", "").statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", "/v1/scans/ignored/none", "").statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", "/v1/scans/none/device", "").statusCode()).isEqualTo(404);
    assertThat(server.get("/v1/scans/none/device").statusCode()).isEqualTo(404);
  }

  @Test
  void anAccountSaysHowLongItKeepsScans() {
    assertThat(server.json("/v1/account").get("retention_days").isNull()).isTrue();

    assertThat(patched("{\"retention_days\": 90}").intValue()).isEqualTo(90);
    assertThat(patched("{}").intValue()).isEqualTo(90);
    assertThat(server.json("/v1/account").get("retention_days").intValue()).isEqualTo(90);
    assertThat(patched("{\"retention_days\": null}").isNull()).isTrue();
    for (String bad : new String[] {"0", "36501", "\"30\"", "1.5"}) {
      var answer = server.send("PATCH", "/v1/account", "{\"retention_days\": " + bad + "}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("must be a whole number from 1 to 36500");
    }
    assertThat(server.json("/v1/account").get("retention_days").isNull()).isTrue();
  }

  private JsonNode patched(String json) {
    return server.json("PATCH", "/v1/account", json).get("retention_days");
  }

  private JsonNode scans() {
    return server.json("/v1/scans").get("scans");
  }

  private String idOf(String device) {
    return StreamSupport.stream(scans().spliterator(), false)
        .filter(scan -> scan.get("device").stringValue().equals(device))
        .findFirst()
        .orElseThrow()
        .get("id")
        .stringValue();
  }
}
