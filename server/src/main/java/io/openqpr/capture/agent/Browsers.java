package io.openqpr.capture.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names of browsers and of the apps that people open links in, one for each family. An app's own
/// word comes before that of the browser which it is made of.
final class Browsers {

  private static final Map<String, String> WORDS = new LinkedHashMap<>();

  static {
    for (String line :
        """
        Instagram=Instagram
        FBAN/Messenger=Messenger
        FB_IAB/MESSENGER=Messenger
        FBAV/=Facebook
        FBAN/=Facebook
        FB_IAB=Facebook
        MetaIAB=Facebook
        Barcelona=Threads
        BytedanceWebview=TikTok
        musical_ly=TikTok
        trill_=TikTok
        aweme=TikTok
        Snapchat=Snapchat
        WindowsWechat=WeChat
        MicroMessenger=WeChat
        AlipayClient=Alipay
        DingTalk=DingTalk
        Weibo=Weibo
        KAKAOTALK=KakaoTalk
        NAVER(=NAVER
        DaumApps=Daum
         Line/=LINE
        LinkedInApp=LinkedIn
        Pinterest=Pinterest
        Twitter for=X
        TwitterAndroid=X
        Telegram=Telegram
        WhatsApp=WhatsApp
        Viber=Viber
        Zalo=Zalo
        Reddit=Reddit
        Discord/=Discord
        Slack=Slack
        Teams/=Microsoft Teams
        GSA/=Google
        DuckDuckGo/=DuckDuckGo
        Ddg/=DuckDuckGo
        Ecosia=Ecosia
        Brave=Brave
        Whale/=Whale
        Vivaldi=Vivaldi
        YaBrowser=Yandex Browser
        YaApp=Yandex
        SamsungBrowser=Samsung Internet
        HuaweiBrowser=Huawei Browser
        HBPC/=Huawei Browser
        HonorBrowser=Honor Browser
        MiuiBrowser=Mi Browser
        HeyTapBrowser=HeyTap Browser
        VivoBrowser=vivo Browser
        UCBrowser=UC Browser
        UCWEB=UC Browser
        UBrowser=UC Browser
        MQQBrowser=QQ Browser
        QQBrowser=QQ Browser
        QQ/=QQ
        baiduboxapp=Baidu
        baidubrowser=Baidu
        SogouMobileBrowser=Sogou
        MetaSr=Sogou
        Quark/=Quark
        360SE=360 Browser
        QIHU=360 Browser
        Puffin=Puffin
        PhoenixBrowser=Phoenix
        Silk/=Silk
        OPR/=Opera
        OPT/=Opera
        OPX/=Opera
        OPiOS=Opera
        Opera=Opera
        EdgiOS=Edge
        EdgA/=Edge
        Edg/=Edge
        Edge/=Edge
        FxiOS=Firefox
        Focus/=Firefox
        Klar/=Firefox
        SeaMonkey=SeaMonkey
        Firefox/=Firefox
        coc_coc_browser=Cốc Cốc
        CriOS=Chrome
        MSIE =Internet Explorer
        Trident/=Internet Explorer
        IEMobile=Internet Explorer
        """
            .split("\n")) {
      int end = line.lastIndexOf('=');
      WORDS.put(line.substring(0, end), line.substring(end + 1));
    }
  }

  /// What the rules know where no word tells it.
  private static final Map<String, String> FAMILIES =
      Map.ofEntries(
          Map.entry("Chrome", "Chrome"),
          Map.entry("Chromium", "Chrome"),
          Map.entry("Chrome Mobile", "Chrome"),
          Map.entry("Chrome Mobile WebView", "WebView"),
          Map.entry("Mobile Safari", "Safari"),
          Map.entry("Safari", "Safari"),
          Map.entry("Mobile Safari UI/WKWebView", "WebView"),
          Map.entry("Apple Mail", "Apple Mail"),
          Map.entry("Android", "Android Browser"),
          Map.entry("KaiOS Browser", "KaiOS Browser"),
          Map.entry("BlackBerry WebKit", "BlackBerry"),
          Map.entry("Electron", "Electron"));

  private Browsers() {}

  /// @param family by the ua-parser project's rules
  static @Nullable String nameOf(String agent, String family) {
    for (var word : WORDS.entrySet()) {
      if (agent.contains(word.getKey())) {
        return word.getValue();
      }
    }
    return agent.startsWith("Mozilla/") ? FAMILIES.get(family) : null;
  }
}
