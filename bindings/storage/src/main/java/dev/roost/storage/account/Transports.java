package dev.roost.storage.account;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import java.util.EnumMap;
import java.util.Map;

/**
 * The HTTP clients of a host, one per {@link Patience}. They speak HTTP/1.1, because Azure Storage
 * knows nothing newer. The JDK ends a client and its connections when nobody refers to it any more.
 */
final class Transports implements AutoCloseable {
  private final Map<Patience, HttpClient> clients = new EnumMap<>(Patience.class);

  synchronized HttpClient http(Patience patience) {
    return clients.computeIfAbsent(patience, Transports::client);
  }

  private static HttpClient client(Patience patience) {
    return new JdkHttpClientBuilder(
            java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1))
        .connectionTimeout(patience.connect())
        .writeTimeout(patience.answer())
        .responseTimeout(patience.answer())
        .readTimeout(patience.answer())
        .build();
  }

  @Override
  public synchronized void close() {
    clients.clear();
  }
}
