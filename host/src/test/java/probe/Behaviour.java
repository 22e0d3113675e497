package probe;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.BlobInput;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Functions that fail, wait and remember. */
public class Behaviour {
  /** What was seen, in order; cleared by each test. */
  public static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());

  /** How often {@link #failsAtFirst} still fails. */
  public static final AtomicInteger FAILURES = new AtomicInteger();

  /** Ends {@link #ignoresInterrupts}. */
  public static volatile CountDownLatch release = new CountDownLatch(1);

  public String failsAtFirst(
      @QueueTrigger(name = "in", queueName = "q") String v, ExecutionContext context) {
    see(context);
    if (FAILURES.getAndDecrement() > 0) {
      throw new IllegalStateException("not yet");
    }
    return "done";
  }

  public String failsAtFirstOverHttp(@HttpTrigger(name = "in") String v, ExecutionContext context) {
    return failsAtFirst(v, context);
  }

  private static void see(ExecutionContext context) {
    SEEN.add(
        context.getInvocationId()
            + " "
            + context.getRetryContext().getRetrycount()
            + "/"
            + context.getRetryContext().getMaxretrycount()
            + " '"
            + context.getRetryContext().getException().getMessage()
            + "'");
  }

  public String waitsForEver(@QueueTrigger(name = "in", queueName = "q") String v)
      throws InterruptedException {
    SEEN.add("waiting");
    new CountDownLatch(1).await();
    return "never";
  }

  public String ignoresInterrupts(@QueueTrigger(name = "in", queueName = "q") String v) {
    while (release.getCount() > 0) {
      try {
        release.await();
      } catch (InterruptedException _) {
        SEEN.add("interrupted");
      }
    }
    return "too late";
  }

  public String interruptsItself(@QueueTrigger(name = "in", queueName = "q") String v) {
    Thread.currentThread().interrupt();
    return "done";
  }

  public InputStream copies(@QueueTrigger(name = "in", queueName = "q") InputStream v) {
    return v;
  }

  public void logs(@QueueTrigger(name = "in", queueName = "q") String v, ExecutionContext context) {
    context.getLogger().fine("fine");
    context.getLogger().warning("look out");
  }

  public void failsDeepDown(@QueueTrigger(name = "in", queueName = "q") String v) {
    List.of(v).forEach(Behaviour::fail);
  }

  private static void fail(String v) {
    throw new IllegalArgumentException("deep");
  }

  public String readsBlob(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @BlobInput(name = "blob", path = "c/{queueTrigger}") byte[] blob) {
    return v + Show.of(blob);
  }

  public String writesTwo(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @QueueOutput(name = "out", queueName = "o") OutputBinding<Object> out) {
    out.setValue("first");
    return "second";
  }

  public String badValue(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @QueueOutput(name = "out", queueName = "o") OutputBinding<Object> out) {
    out.setValue(List.of(Double.NaN));
    return "second";
  }
}
