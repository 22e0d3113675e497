package dev.roost.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate, from {@code extensions.http.tls} of host.json: {@code certificate} and
 * {@code key} name PEM files, {@code keyPassword} is optional. When the files change, new
 * connections get the new certificate; files that can't be read then leave the old one in place.
 */
final class Tls {
  private static final int LOOK_EVERY = 10;

  private final Path certificate;
  private final Path key;
  private final @Nullable String password;
  private volatile SslContext context;
  private List<FileTime> loaded;

  private Tls(Path certificate, Path key, @Nullable String password) throws IOException {
    this.certificate = certificate;
    this.key = key;
    this.password = password;
    this.loaded = times();
    this.context = load();
  }

  /**
   * Reads the files, if the section names any.
   *
   * @throws IOException when they can't be used; the message names key and remedy
   */
  static Optional<Tls> read(ObjectNode http) throws IOException {
    if (!http.path("tls").isObject()) {
      return Optional.empty();
    }
    String certificate = http.path("tls").path("certificate").asText("");
    String key = http.path("tls").path("key").asText("");
    if (certificate.isBlank() || key.isBlank()) {
      throw new IOException(
          HttpOptions.SECTION
              + "tls: certificate and key are not both set. Name a PEM file with each.");
    }
    String password = http.path("tls").path("keyPassword").asText("");
    return Optional.of(
        new Tls(Path.of(certificate), Path.of(key), password.isEmpty() ? null : password));
  }

  SslHandler handler(ByteBufAllocator alloc) {
    return context.newHandler(alloc);
  }

  /** Looks for new files, now and then; at every beat of the {@link Pulse}. */
  void beat(int now) {
    if (now % LOOK_EVERY != 0) {
      return;
    }
    try {
      List<FileTime> times = times();
      if (!times.equals(loaded)) {
        loaded = times;
        context = load();
        HttpServer.LOG.log(
            System.Logger.Level.INFO, "The certificate {0} was loaded anew", certificate);
      }
    } catch (IOException e) {
      HttpServer.LOG.log(
          System.Logger.Level.WARNING,
          "{0}; the certificate that was loaded before stays in use",
          e.getMessage());
    }
  }

  private List<FileTime> times() throws IOException {
    try {
      return List.of(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private SslContext load() throws IOException {
    try {
      return SslContextBuilder.forServer(certificate.toFile(), key.toFile(), password)
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  Protocol.ALPN,
                  SelectorFailureBehavior.NO_ADVERTISE,
                  SelectedListenerFailureBehavior.ACCEPT,
                  ApplicationProtocolNames.HTTP_2,
                  ApplicationProtocolNames.HTTP_1_1))
          .build();
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(e);
    }
  }

  private IOException unusable(Exception cause) {
    return new IOException(
        HttpOptions.SECTION
            + "tls: '"
            + certificate
            + "' and '"
            + key
            + "' can't be used ("
            + cause.getMessage()
            + "). Name a PEM certificate chain and its PKCS#8 private key ('openssl pkcs8 -topk8'"
            + " converts older keys).",
        cause);
  }
}
