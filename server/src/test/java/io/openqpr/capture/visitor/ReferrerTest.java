package io.openqpr.capture.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferrerTest {

  private static final String OWN = "qr.example.com";

  @ParameterizedTest
  @CsvSource({
    "https://news.example.com/a/b?who=me#x, news.example.com",
    "HTTP://News.Example.COM, news.example.com",
    "https://user:secret@news.example.com:8443/, news.example.com",
    "https://news.example.com./, news.example.com",
    "https://xn--bcher-kva.example/, xn--bcher-kva.example",
    "https://my_shop.example?x=1, my_shop.example",
    "https://localhost/, localhost",
    "https://a.b@c.example/, c.example",
    "android-app://com.google.android.gm/, com.google.android.gm",
  })
  void onlyTheHostIsKept(String referer, String host) {
    assertThat(Referrer.hostOf(referer, OWN)).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "news.example.com",
        "about:blank",
        "file:///home/me/notes.html",
        "javascript://x",
        "https://",
        "https:///path",
        "https://bücher.example/",
        "https://a..b/",
        "https://-a.example/",
        "https://a b.example/",
        "https://203.0.113.7/",
        "https://[2001:db8::7]/",
        "https://user@/",
        "https://%6e.example/",
        "https://qr.example.com/c/1",
        "https://QR.example.com:8443/",
      })
  void whatNamesNoOtherHostIsNone(String referer) {
    assertThat(Referrer.hostOf(referer, OWN)).isNull();
  }

  @Test
  void hostsAreAsLongAsTheDnsAllows() {
    String longest = "a.".repeat(126) + "b";
    assertThat(Referrer.hostOf("https://" + longest + "/", OWN)).isEqualTo(longest);
    assertThat(Referrer.hostOf("https://a" + longest + "/", OWN)).isNull();
    assertThat(Referrer.hostOf("https://" + "a".repeat(64) + ".example/", OWN)).isNull();
    assertThat(Referrer.hostOf("https://" + "a-".repeat(1_000_000), OWN)).isNull();
  }
}
