package dev.roost.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A registry on a free port: the parts of the OCI distribution protocol that push and pull an
 * image, kept in memory.
 */
final class LoopbackRegistry implements AutoCloseable {
  private static final String DIGEST = "Docker-Content-Digest";

  private final HttpServer server;
  private final TlsDoor door;
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  private volatile int refusal;

  /**
   * Starts it with a certificate that nobody trusts.
   *
   * @param folder for its key
   */
  LoopbackRegistry(Path folder) throws Exception {
    HttpsServer own =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    own.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder.resolve("registry.p12"))));
    own.createContext("/v2/", this::answer);
    own.start();
    server = own;
    door = new TlsDoor(own.getAddress().getPort());
  }

  private static SSLContext selfSigned(Path store) throws Exception {
    String password = "registry";
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    int code =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "registry",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                password,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("keytool ended with " + code);
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  String host() {
    return "localhost:" + door.port();
  }

  /** From now on it answers so. */
  void refuse(int status) {
    refusal = status;
  }

  SavedImage image(String tag) throws IOException {
    JsonNode manifest = new ObjectMapper().readTree(manifests.get(tag));
    List<String> layers = new ArrayList<>();
    manifest.get("layers").forEach(layer -> layers.add(layer.get("digest").asText()));
    return SavedImage.of(manifest.get("config").get("digest").asText(), layers, blobs::get);
  }

  @Override
  public void close() throws IOException {
    door.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    String method = exchange.getRequestMethod();
    if (refusal != 0) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"registry\"");
      send(exchange, refusal, new byte[0]);
    } else if (path.equals("/v2/")) {
      send(exchange, 200, new byte[0]);
    } else if (path.contains("/blobs/uploads/")) {
      upload(exchange, method, path, last, body);
    } else if (path.contains("/manifests/") && method.equals("PUT")) {
      manifests.put(last, body);
      manifests.put("sha256:" + BaseImage.sha256(body), body);
      exchange.getResponseHeaders().set(DIGEST, "sha256:" + BaseImage.sha256(body));
      send(exchange, 201, new byte[0]);
    } else {
      give(exchange, (path.contains("/blobs/") ? blobs : manifests).get(last));
    }
  }

  private void upload(HttpExchange exchange, String method, String path, String id, byte[] body)
      throws IOException {
    switch (method) {
      case "POST" -> {
        String place = path + UUID.randomUUID();
        exchange.getResponseHeaders().set("Location", "https://" + host() + place);
        send(exchange, 202, new byte[0]);
      }
      case "PATCH" -> {
        blobs.put(id, body);
        exchange.getResponseHeaders().set("Location", "https://" + host() + path);
        send(exchange, 202, new byte[0]);
      }
      default -> {
        byte[] whole = body.length > 0 ? body : blobs.remove(id);
        blobs.put("sha256:" + BaseImage.sha256(whole), whole);
        send(exchange, 201, new byte[0]);
      }
    }
  }

  private static void give(HttpExchange exchange, byte[] bytes) throws IOException {
    if (bytes == null) {
      send(exchange, 404, new byte[0]);
      return;
    }
    exchange.getResponseHeaders().set(DIGEST, "sha256:" + BaseImage.sha256(bytes));
    exchange
        .getResponseHeaders()
        .set("Content-Type", "application/vnd.docker.distribution.manifest.v2+json");
    send(exchange, 200, bytes);
  }

  private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
    }
    exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
    if (!head && bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}
