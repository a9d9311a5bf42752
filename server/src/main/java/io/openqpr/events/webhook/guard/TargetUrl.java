package io.openqpr.events.webhook.guard;

import io.openqpr.model.HostName;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An http or https URL whose host nobody can read in two ways: a name as the DNS has it, or an
/// address as it is written in full. What some programs take for an address besides (`127.1`,
/// `0x7f.1`, `2130706433`, `0177.0.0.1`) is none of both.
///
/// @param host in lower case, an IPv6 address without brackets
/// @param address where the host is one; `null` where it is a name
public record TargetUrl(URI uri, String host, int port, @Nullable InetAddress address) {

  static final int MAX_LENGTH = 2_000;

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

  /// Neither a zone behind `%` nor an IPv4 address at the end.
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*");

  /// What some take for a number: the last part of an address in another spelling.
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

  public boolean isSecure() {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /// @throws TargetRefusedException when it is another thing
  static TargetUrl parse(String url) {
    if (url.length() > MAX_LENGTH) {
      throw refused("must have at most %d characters; it has %d", MAX_LENGTH, url.length());
    }
    if (!url.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw refused(
          "must be visible ASCII: write a name of another script in Punycode (xn--…), other"
              + " characters as %%XX");
    }
    URI uri;
    try {
      uri = new URI(url).parseServerAuthority();
    } catch (URISyntaxException e) {
      throw refused("must be a URL such as https://example.com/hooks: %s", e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw refused("must begin with http:// or https://");
    }
    if (uri.getRawAuthority() == null) {
      throw refused("must name a host");
    }
    if (uri.getRawAuthority().contains("@")) {
      throw refused("must have no user or password before the host; send a header of your own");
    }
    if (uri.getRawFragment() != null) {
      throw refused("must have no # and what comes behind it: it is never sent");
    }
    String host = uri.getHost();
    if (host == null) {
      throw refused("must name a host");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? HTTPS : HTTP;
    if (port < 1 || port > 65_535) {
      throw refused("must have a port from 1 to 65535");
    }
    return withHost(uri, host.toLowerCase(Locale.ROOT), port);
  }

  private static TargetUrl withHost(URI uri, String host, int port) {
    if (host.startsWith("[")) {
      String inner = host.substring(1, host.length() - 1);
      if (!IPV6.matcher(inner).matches()) {
        throw refused("must have its IPv6 address in hexadecimal digits, without a zone");
      }
      return new TargetUrl(uri, inner, port, literal(inner));
    }
    if (IPV4.matcher(host).matches()) {
      return new TargetUrl(uri, host, port, literal(host));
    }
    String last = host.substring(host.lastIndexOf('.', host.length() - 2) + 1);
    if (NUMBER.matcher(last.replace(".", "")).matches() || NUMBER.matcher(host).matches()) {
      throw refused("must have its address as four decimal numbers, such as 198.51.100.7");
    }
    if (host.endsWith(".")) {
      throw refused("must have no dot at the end of its host");
    }
    if (HostName.normalised(host) == null) {
      throw refused("must have a host's name as the DNS has it");
    }
    return new TargetUrl(uri, host, port, null);
  }

  private static InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw refused("has an address that is none");
    }
  }

  private static TargetRefusedException refused(String reason, Object... values) {
    return new TargetRefusedException(reason.formatted(values));
  }
}
