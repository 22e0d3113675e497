package dev.roost.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host that runs, with the functions of {@code app.Arrival}, and what they print. */
final class Hosted implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("Host started.* on [0-9a-f.:]+?:(\\d+)");
  private static final Pattern ARRIVED = Pattern.compile("arrived after (\\d+) us");
  private static final Pattern CALLS =
      Pattern.compile("(?m)^roost_storage_calls_total\\{[^}]*} (\\S+)$");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final int port;
  private volatile boolean closed;
  private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();

  private Hosted(Process process) throws IOException {
    this.process = process;
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    this.port = awaitStart(lines);
    Thread.ofPlatform().daemon().start(() -> read(lines));
  }

  static Hosted start(Side side, String connection) throws IOException {
    return new Hosted(side.start(connection, ProcessBuilder.Redirect.PIPE));
  }

  private static int awaitStart(BufferedReader lines) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        return Integer.parseInt(started.group(1));
      }
      seen.append(line).append('\n');
    }
    throw new IOException("the host ended:\n" + seen);
  }

  private void read(BufferedReader lines) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher arrived = ARRIVED.matcher(line);
        if (arrived.find()) {
          arrivals.add(Long.valueOf(arrived.group(1)));
        }
      }
    } catch (IOException e) {
      if (!closed) {
        throw new UncheckedIOException(e);
      } // else its output was being read
    }
  }

  /** The age of the next event whose function started, in milliseconds. */
  double nextArrival() throws IOException, InterruptedException {
    Long micros = arrivals.poll(5, TimeUnit.MINUTES);
    if (micros == null) {
      throw new IOException("no function started in five minutes");
    }
    return micros / 1_000.0;
  }

  /** The storage calls made since the start, as the host itself counts them. */
  double storageCalls() throws IOException, InterruptedException {
    return CALLS
        .matcher(get("/metrics"))
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .sum();
  }

  String get(String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    HttpResponse<String> answer =
        HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 400) {
      throw new IOException(path + " answers " + answer.statusCode());
    }
    return answer.body();
  }

  @Override
  public void close() {
    closed = true;
    process.destroyForcibly();
  }
}
