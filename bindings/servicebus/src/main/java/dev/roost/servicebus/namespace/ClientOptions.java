package dev.roost.servicebus.namespace;

import com.azure.core.amqp.AmqpRetryMode;
import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.core.amqp.AmqpTransportType;
import com.azure.core.amqp.ProxyAuthenticationType;
import com.azure.core.amqp.ProxyOptions;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostServices;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How clients connect and try again: {@code transportType}, {@code webProxy} and {@code
 * clientRetryOptions} of host.json.
 *
 * @param transport TCP, or web sockets where only port 443 is open
 * @param proxy for web sockets
 * @param retry of every call
 */
record ClientOptions(
    AmqpTransportType transport, Optional<ProxyOptions> proxy, AmqpRetryOptions retry) {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /**
   * Reads them.
   *
   * @throws BindingException naming the key and its place in host.json
   */
  static ClientOptions of(HostServices host) throws BindingException {
    OptionReader options = OptionReader.of(host);
    String transport = options.text("amqpTcp", "transportType");
    boolean sockets = transport.equalsIgnoreCase("amqpWebSockets");
    if (!sockets && !transport.equalsIgnoreCase("amqpTcp")) {
      throw options.bad("transportType", "'" + transport + "'", "Use amqpTcp or amqpWebSockets.");
    }
    return new ClientOptions(
        sockets ? AmqpTransportType.AMQP_WEB_SOCKETS : AmqpTransportType.AMQP,
        proxy(options, sockets),
        retry(options.section("clientRetryOptions")));
  }

  private static Optional<ProxyOptions> proxy(OptionReader options, boolean sockets)
      throws BindingException {
    String address = options.text("", "webProxy");
    if (address.isEmpty()) {
      return Optional.empty();
    }
    URI uri = uri(address);
    if (!sockets || uri.getHost() == null) {
      throw options.bad(
          "webProxy",
          "'" + address + "'",
          "Use the proxy's address, such as http://proxy:3128, with transportType amqpWebSockets.");
    }
    int port = uri.getPort() < 0 ? 80 : uri.getPort();
    return Optional.of(
        new ProxyOptions(
            ProxyAuthenticationType.NONE,
            new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port)),
            null,
            null));
  }

  private static URI uri(String address) {
    try {
      return URI.create(address.contains("://") ? address : "http://" + address);
    } catch (IllegalArgumentException _) {
      return URI.create("none:/");
    }
  }

  /** As the SDK's own defaults where nothing is said: exponential, 60 s, 3 retries. */
  private static AmqpRetryOptions retry(OptionReader options) throws BindingException {
    AmqpRetryOptions retry = new AmqpRetryOptions();
    String mode = options.text("exponential", "mode");
    if (!mode.equalsIgnoreCase("fixed") && !mode.equalsIgnoreCase("exponential")) {
      throw options.bad("mode", "'" + mode + "'", "Use fixed or exponential.");
    }
    return retry
        .setMode(mode.equalsIgnoreCase("fixed") ? AmqpRetryMode.FIXED : AmqpRetryMode.EXPONENTIAL)
        .setTryTimeout(options.span(retry.getTryTimeout(), Duration.ZERO, LONGEST, "tryTimeout"))
        .setDelay(options.span(retry.getDelay(), Duration.ZERO, LONGEST, "delay"))
        .setMaxDelay(options.span(retry.getMaxDelay(), Duration.ZERO, LONGEST, "maxDelay"))
        .setMaxRetries(options.integer(retry.getMaxRetries(), 0, "maxRetries"));
  }
}
