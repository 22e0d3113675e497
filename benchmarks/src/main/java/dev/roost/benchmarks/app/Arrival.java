package dev.roost.benchmarks.app;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BlobTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Tells how old an event is when its function starts. Events hold the microsecond they left. */
public final class Arrival {
  /** One of many queues, each named by a function.json that the benchmark writes. */
  @FunctionName("Arrival")
  public void arrived(
      @QueueTrigger(name = "message", queueName = "arrival", connection = "AzureWebJobsStorage")
          String message) {
    tell(message);
  }

  /** Puts the present moment into {@code arrival}, so that the host wakes itself. */
  @FunctionName("Depart")
  @QueueOutput(name = "$return", queueName = "arrival", connection = "AzureWebJobsStorage")
  public String depart(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<String> request) {
    return Long.toString(micros());
  }

  /** A blob whose text is the microsecond it was written. */
  @FunctionName("Landing")
  public void landed(
      @BlobTrigger(
              name = "content",
              path = "landing/{name}.txt",
              connection = "AzureWebJobsStorage")
          String content) {
    tell(content);
  }

  private static void tell(String left) {
    System.out.println("arrived after " + (micros() - Long.parseLong(left)) + " us");
  }

  /** Now, in microseconds. */
  public static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
