package dev.roost.benchmarks.app;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.zip.CRC32;

/** What a message may cost: time, a processor, or a downstream. */
public class Loads {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int ROUNDS = rounds();

  /** As many as take 5 ms on an idle processor. */
  private static int rounds() {
    byte[] block = new byte[16 * 1024];
    CRC32 sum = new CRC32();
    int most = 0;
    for (int round = 0; round < 20; round++) {
      long end = System.nanoTime() + Duration.ofMillis(5).toNanos();
      int done = 0;
      while (System.nanoTime() < end) {
        sum.update(block);
        done++;
      }
      most = Math.max(most, done);
    }
    return most;
  }

  /** Waits for 50 ms. */
  @FunctionName("Sleep")
  public void sleep(
      @QueueTrigger(name = "message", queueName = "benchmark", connection = "AzureWebJobsStorage")
          String message)
      throws InterruptedException {
    Thread.sleep(50);
  }

  /** Uses a processor for 5 ms. */
  @FunctionName("Compute")
  public void compute(
      @QueueTrigger(name = "message", queueName = "benchmark", connection = "AzureWebJobsStorage")
          String message) {
    CRC32 sum = new CRC32();
    byte[] block = new byte[16 * 1024];
    // Work, not time: a message costs the same however many run.
    for (int i = 0; i < ROUNDS; i++) {
      sum.update(block);
    }
    if (sum.getValue() == message.length()) {
      throw new IllegalStateException("not that one");
    }
  }

  /** Calls the downstream that the setting {@code DOWNSTREAM} names. */
  @FunctionName("Call")
  public void call(
      @QueueTrigger(name = "message", queueName = "benchmark", connection = "AzureWebJobsStorage")
          String message)
      throws IOException, InterruptedException {
    URI address = URI.create(System.getenv("DOWNSTREAM"));
    HttpResponse<Void> answer =
        HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding());
    if (answer.statusCode() != 200) {
      throw new IOException("the downstream answers " + answer.statusCode());
    }
  }
}
