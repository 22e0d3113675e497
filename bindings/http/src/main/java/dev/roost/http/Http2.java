package dev.roost.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.codec.http2.HttpConversionUtil;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/**
 * The three ways to HTTP/2: the client knows beforehand, it asks by {@code Upgrade: h2c}, or TLS
 * negotiates. Each stream is then a {@link ClientConnection} of one request.
 */
final class Http2 {
  private static final int MAX_STREAMS = 100;
  private static final int MAX_HEADERS = 32 * 1024;
  private static final long GRACE_MILLIS = 5_000;
  private static final String PREFACE_AS_REQUEST = "PRI * HTTP/2.0\r\n\r\n";

  private Http2() {}

  /** True for the preface of HTTP/2 when it is read as a request of HTTP/1. */
  static boolean isPreface(HttpRequest request) {
    return request.protocolVersion().majorVersion() == 2
        && request.method().name().equals("PRI")
        && request.uri().equals("*")
        && request.headers().isEmpty();
  }

  /** True when the client asks to go on in HTTP/2 without TLS. */
  static boolean isUpgrade(HttpRequest request) {
    return request.headers().containsValue(HttpHeaderNames.UPGRADE, "h2c", true)
        && request.headers().getAll(Http2CodecUtil.HTTP_UPGRADE_SETTINGS_HEADER).size() == 1
        && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
  }

  /** Removes what Netty notes of a stream among its headers. */
  static void removeNotes(HttpHeaders headers) {
    for (HttpConversionUtil.ExtensionHeaderNames note :
        HttpConversionUtil.ExtensionHeaderNames.values()) {
      headers.remove(note.text());
    }
  }

  /** Goes on in HTTP/2 after the preface was read. */
  static void start(ChannelHandlerContext connection, HttpServer server) {
    ChannelPipeline pipeline = connection.pipeline();
    ChannelHandlerContext decoder = pipeline.context(RequestDecoder.class);
    pipeline.remove(HttpResponseEncoder.class);
    pipeline.remove(connection.handler());
    addTo(pipeline, server);
    decoder.fireChannelRead(Unpooled.copiedBuffer(PREFACE_AS_REQUEST, StandardCharsets.US_ASCII));
    pipeline.remove(RequestDecoder.class);
  }

  /** Goes on in HTTP/2 with this request, which has no body, as the first stream. */
  static void upgrade(ChannelHandlerContext connection, HttpServer server, HttpRequest request) {
    ChannelPipeline pipeline = connection.pipeline();
    Http2FrameCodec codec = codec();
    HttpServerUpgradeHandler upgrade =
        new HttpServerUpgradeHandler(
            upgrading -> {
              upgrading.pipeline().remove(RequestDecoder.class);
              upgrading.pipeline().remove(HttpResponseEncoder.class);
              upgrading.pipeline().remove(connection.handler());
            },
            protocol ->
                AsciiString.contentEquals(Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, protocol)
                    ? new Http2ServerUpgradeCodec(codec, streams(server), new Http2Parent(server))
                    : null);
    pipeline.addBefore(connection.name(), null, upgrade);
    request.headers().set(HttpConversionUtil.ExtensionHeaderNames.SCHEME.text(), "http");
    ChannelHandlerContext before = pipeline.context(HttpResponseEncoder.class);
    before.fireChannelRead(request);
    before.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    if (pipeline.context(upgrade) != null) {
      // refused, and the request has come back as one of HTTP/1
      pipeline.remove(upgrade);
    }
  }

  /** Speaks HTTP/2 from the first byte. */
  static void addTo(ChannelPipeline pipeline, HttpServer server) {
    pipeline.addLast(codec(), streams(server), new Http2Parent(server));
  }

  private static Http2FrameCodec codec() {
    return Http2FrameCodecBuilder.forServer()
        .initialSettings(
            Http2Settings.defaultSettings()
                .maxConcurrentStreams(MAX_STREAMS)
                .maxHeaderListSize(MAX_HEADERS))
        .gracefulShutdownTimeoutMillis(GRACE_MILLIS)
        .build();
  }

  private static ChannelHandler streams(HttpServer server) {
    return new Http2MultiplexHandler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel stream) {
            stream
                .pipeline()
                .addLast(new Http2StreamFrameToHttpObjectCodec(true), new ClientConnection(server));
          }
        });
  }
}
