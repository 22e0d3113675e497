package dev.roost.storage.account;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import java.net.http.HttpClient;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * The HTTP clients of a host, one per {@link Patience}. They speak HTTP/1.1, because Azure Storage
 * knows nothing newer. The JDK ends a client and its connections when nobody refers to it any more.
 */
final class Transports implements AutoCloseable {
  private final Map<Patience, com.azure.core.http.HttpClient> clients =
      new EnumMap<>(Patience.class);

  synchronized com.azure.core.http.HttpClient http(Patience patience) {
    return clients.computeIfAbsent(patience, Transports::client);
  }

  private static com.azure.core.http.HttpClient client(Patience patience) {
    SdkTimers.provide();
    HttpClient.Builder http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    if (patience == Patience.STEADY) {
      // Data moves for user code, which waits on virtual threads itself: a step of an answer costs
      // less there than on a platform thread. What renews or polls must not depend on them.
      http.executor(Executors.newVirtualThreadPerTaskExecutor());
    }
    return new JdkHttpClientBuilder(http)
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
