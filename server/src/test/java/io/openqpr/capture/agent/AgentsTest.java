package io.openqpr.capture.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.openqpr.model.DeviceKind;
import io.openqpr.model.IgnoreReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentsTest {

  private static final Agents AGENTS = new Agents();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MOBILE | iOS | Safari | Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        "MOBILE | Android | Chrome | Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36",
        "MOBILE | Android | Samsung Internet | Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
        "MOBILE | Android | Firefox | Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
        "MOBILE | HarmonyOS | Huawei Browser | Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.1.3.300",
        "MOBILE | KaiOS | Firefox | Mozilla/5.0 (Mobile; Nokia 8110 4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
        "MOBILE | iOS | | QR%20Reader/5.1 CFNetwork/1240.0.4 Darwin/20.6.0",
        "MOBILE | Android | | Dalvik/2.1.0 (Linux; U; Android 11; SM-A125F Build/RP1A.200720.012)",
        "TABLET | iOS | Safari | Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1",
        "TABLET | Android | Chrome | Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",
        "TABLET | Android | Silk | Mozilla/5.0 (Linux; Android 11; KFTRWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/126.4.1 like Chrome/126.0.6478.188 Safari/537.36",
        "DESKTOP | Windows | Chrome | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",
        "DESKTOP | macOS | Safari | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
        "DESKTOP | Linux | Firefox | Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "UNKNOWN | | WebView | Mozilla/5.0 (SMART-TV; Linux; Tizen 2.4.0) AppleWebkit/538.1 (KHTML, like Gecko) SamsungBrowser/1.1 TV Safari/538.1",
      })
  void aPersonsAgentTellsDeviceSystemAndBrowser(
      DeviceKind device, String os, String browser, String text) {
    Agent agent = AGENTS.of(text);
    assertThat(agent.reason()).isNull();
    assertThat(agent.device()).isEqualTo(device);
    if (device != DeviceKind.UNKNOWN) {
      assertThat(agent.os()).isEqualTo(os);
      assertThat(agent.browser()).isEqualTo(browser);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PREVIEW | WhatsApp | WhatsApp/2.23.20.0",
        "PREVIEW | Signal | WhatsApp/2",
        "PREVIEW | iMessage | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
        "PREVIEW | Slackbot | Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "PREVIEW | TelegramBot | TelegramBot (like TwitterBot)",
        "PREVIEW | SkypeUriPreview | Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
        "CRAWLER | Googlebot | Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "CRAWLER | | Mozilla/5.0 (compatible; NeverHeardOfBot/2.1)",
        "MONITOR | UptimeRobot | Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
        "SCRIPT | curl | curl/8.5.0",
        "HEADLESS | HeadlessChrome | Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36",
        "NO_AGENT | | ''",
        "CRAWLER | | ((((;;;;",
      })
  void aBotsAgentTellsTheReasonAndItsName(IgnoreReason reason, String bot, String text) {
    Agent agent = AGENTS.of(text);
    assertThat(agent.reason()).isEqualTo(reason);
    assertThat(agent.bot()).isEqualTo(bot);
  }
}
