package dev.roost.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Azurite on free ports of 127.0.0.1, with its data in a folder of its own. It ends with
 * this JVM, even one that is killed: a shell beside it waits for the end of our pipe. Azurite's
 * {@code --loose} stays off, so that a request which the real service would refuse fails here too;
 * the check of the API version is off because the SDK is newer than the emulator.
 */
public final class Azurite implements AutoCloseable {
  /** The account that every Azurite has. */
  public static final String ACCOUNT = "devstoreaccount1";

  /** Its key, published by Microsoft and the same everywhere. */
  public static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private static final Duration LIMIT = Duration.ofMinutes(5); // the first start runs npm
  private static final int LOWEST_PORT = 20_000;
  private static final int HIGHEST_PORT = 32_000;
  private static final int TRIES = 100;
  private static final Pattern LISTENING =
      Pattern.compile("Azurite (\\w+) service is successfully listening at http://\\S+:(\\d+)");

  /** Runs its arguments until they end or our standard input does. */
  private static final String UNTIL_PIPE_ENDS =
      "exec 3<&0; \"$@\" </dev/null 3<&- & child=$!;"
          + " (cat <&3 >/dev/null; kill $child 2>/dev/null) & wait $child";

  private static @Nullable Azurite shared;

  private final Path data;
  private final Map<String, Integer> ports =
      new TreeMap<>(Map.of("Blob", 0, "Queue", 0, "Table", 0));
  private @Nullable Process process;

  private Azurite() throws IOException {
    data = Files.createTempDirectory("azurite");
  }

  /** The one Azurite of this JVM, for tests that share it by using names of their own. */
  public static synchronized Azurite shared() {
    if (shared == null) {
      shared = launch();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /**
   * Starts an Azurite for one test, which may stop it and start it again: its ports are none that
   * the system gives to outgoing connections, which could take them meanwhile. A client that asks a
   * closed port of that range again and again even gets connected to itself.
   */
  public static Azurite launch() {
    try {
      Azurite azurite = new Azurite();
      azurite.ports.replaceAll((_, _) -> freePort());
      azurite.start();
      return azurite;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException _) {
        // Taken: another one.
      }
    }
    throw new IllegalStateException("no free port below " + HIGHEST_PORT);
  }

  /** Starts it on the ports and data it had before; returns when it answers. */
  public synchronized void start() throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", UNTIL_PIPE_ENDS, "azurite"));
    command.add(root().resolve("azurite/run").toString());
    command.addAll(List.of("--silent", "--skipApiVersionCheck", "--disableTelemetry"));
    command.addAll(List.of("--location", data.toString()));
    ports.forEach((service, port) -> {
      command.add("--" + service.toLowerCase(java.util.Locale.ROOT) + "Port");
      command.add(port.toString());
    });
    Process started =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process = started;
    BufferedReader lines = started.inputReader();
    int listening = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher matcher = LISTENING.matcher(line);
      if (matcher.find()) {
        ports.put(matcher.group(1), Integer.valueOf(matcher.group(2)));
        listening++;
      }
      if (listening == ports.size()) {
        Thread.ofPlatform().daemon().start(() -> drain(lines));
        return;
      }
    }
    throw new IOException("Azurite ended while it started; see " + command);
  }

  /** Stops it as a crash of the service would look to a client: nobody listens. */
  public synchronized void stop() throws IOException {
    Process running = process;
    if (running == null) {
      return;
    }
    running.getOutputStream().close();
    try {
      if (!running.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("Azurite does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Azurite ends", e);
    }
    process = null;
  }

  /** For {@code AzureWebJobsStorage}. */
  public String connectionString() {
    return connectionString(KEY);
  }

  /** As {@link #connectionString()} with another key, which this account refuses. */
  public String connectionString(String key) {
    return "DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;".formatted(ACCOUNT, key)
        + endpoint("Blob", port("Blob"))
        + endpoint("Queue", port("Queue"))
        + endpoint("Table", port("Table"));
  }

  /** As {@link #connectionString()}, with one service reached through a proxy on another port. */
  public String through(String service, int proxyPort) {
    return connectionString()
        .replace(endpoint(service, port(service)), endpoint(service, proxyPort));
  }

  /** The port of {@code Blob}, {@code Queue} or {@code Table}. */
  public int port(String service) {
    return ports.getOrDefault(service, 0);
  }

  private static String endpoint(String service, int port) {
    return "%sEndpoint=http://127.0.0.1:%d/%s;".formatted(service, port, ACCOUNT);
  }

  private static Path root() {
    String root = System.getProperty("roost.root");
    return Path.of(root == null ? "" : root).toAbsolutePath();
  }

  private static void drain(BufferedReader lines) {
    try (lines) {
      lines.transferTo(java.io.Writer.nullWriter());
    } catch (IOException _) {
      // The process ended.
    }
  }

  @Override
  public void close() {
    try {
      stop();
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
