package io.openqpr.capture.visitor;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Mac;

/// The pseudonymous fingerprint by which distinct devices are counted: the first 64 bits of
/// HMAC-SHA256(secret, account | client address | user agent | language), or, for a device known by
/// a cookie, of HMAC-SHA256(secret, account | cookie).
///
/// Of an IPv6 address the first 64 bits: what is behind them changes from day to day in the same
/// hand. Nobody without the secret can find an address by trying them all; the account is part of
/// it, so that two accounts can't compare their visitors. 64 bits: among a million devices the
/// chance that any two are taken for one is 1 in 37 million.
public final class DeviceKeys {

  private static final byte BY_COOKIE = 0;
  private static final int NETWORK_BYTES = 8;

  private final DeviceSecrets secrets;

  public DeviceKeys(DeviceSecrets secrets) {
    this.secrets = secrets;
  }

  long keyOf(int account, Device device) {
    return ByteBuffer.wrap(mac().doFinal(text(account, device))).getLong();
  }

  /// Each part has its length before it, so that no two devices have one text.
  private static byte[] text(int account, Device device) {
    return switch (device) {
      case Device.Known(DeviceCookie cookie) -> {
        byte[] value = bytes(cookie.value());
        yield ByteBuffer.allocate(4 + 1 + value.length)
            .putInt(account)
            .put(BY_COOKIE)
            .put(value)
            .array();
      }
      case Device.Seen seen -> {
        byte[] address = network(seen.address());
        byte[] agent = bytes(seen.userAgent());
        byte[] language = bytes(seen.language() == null ? "" : seen.language());
        yield ByteBuffer.allocate(4 + 1 + address.length + 4 + agent.length + language.length)
            .putInt(account)
            .put((byte) address.length)
            .put(address)
            .putInt(agent.length)
            .put(agent)
            .put(language)
            .array();
      }
    };
  }

  /// IPv4 whole; an IPv6 address that holds an IPv4 one is that one already.
  private static byte[] network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  // A Mac is not safe for threads.
  private Mac mac() {
    try {
      return (Mac) secrets.now().clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
