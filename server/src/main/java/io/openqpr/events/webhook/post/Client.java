package io.openqpr.events.webhook.post;

import io.openqpr.events.webhook.guard.TargetGuard;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// The HTTP library, set up to do nothing by itself: no redirects, retries, cookies, proxies,
/// credentials, decompression, and no names looked up. Connections are kept for the next request.
final class Client {

  /// More than any request may take: whoever sends breaks off in time.
  private static final Timeout LONG = Timeout.ofSeconds(40);

  private static final TimeValue IDLE = TimeValue.ofSeconds(20);
  private static final TimeValue VALIDATED = TimeValue.ofSeconds(1);

  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setMaxHeaderCount(100)
          .setMaxLineLength(8 * 1024)
          .setMaxEmptyLineCount(2)
          .build();

  private Client() {}

  static CloseableHttpClient build(TargetGuard guard, SSLContext tls, int connections) {
    Lookup<TlsSocketStrategy> strategies =
        RegistryBuilder.<TlsSocketStrategy>create()
            .register(
                URIScheme.HTTPS.id,
                traced(
                    // The library compares names, and says by a type of its own where they differ.
                    new DefaultClientTlsStrategy(
                        tls,
                        HostnameVerificationPolicy.CLIENT,
                        HttpsSupport.getDefaultHostnameVerifier())))
            .build();
    var operator =
        new DefaultHttpClientConnectionOperator(
            new GuardedSockets(guard), null, new NoNames(), strategies);
    var connectionFactory =
        ManagedHttpClientConnectionFactory.builder().http1Config(LIMITS).build();
    var pool =
        new PoolingHttpClientConnectionManager(
            operator,
            PoolConcurrencyPolicy.STRICT,
            PoolReusePolicy.LIFO,
            TimeValue.ofMinutes(5),
            connectionFactory);
    pool.setMaxTotal(connections);
    pool.setDefaultMaxPerRoute(connections);
    pool.setDefaultSocketConfig(
        SocketConfig.custom().setTcpNoDelay(true).setSoTimeout(LONG).build());
    pool.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(LONG)
            .setSocketTimeout(LONG)
            .setValidateAfterInactivity(VALIDATED)
            .build());
    return HttpClients.custom()
        .setConnectionManager(pool)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(LONG)
                .setResponseTimeout(LONG.toMilliseconds(), TimeUnit.MILLISECONDS)
                .setDefaultKeepAlive(IDLE.toMilliseconds(), TimeUnit.MILLISECONDS)
                .build())
        .setUserAgent("OpenQPR-Webhooks/1")
        .evictIdleConnections(IDLE)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  /// Names are looked up by the guard alone: hosts come with their address.
  private static final class NoNames implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      throw new UnknownHostException(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      throw new UnknownHostException(host);
    }
  }

  private static TlsSocketStrategy traced(TlsSocketStrategy strategy) {
    return (socket, host, port, attachment, context) -> {
      var secured = strategy.upgrade(socket, host, port, attachment, context);
      Trace.CURRENT.get().secured();
      return secured;
    };
  }
}
