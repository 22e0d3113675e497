package probe;

import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.roost.annotations.PermanentFailureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One function for each kind of value that leaves a function, and for each way to fail. */
public class Gives {
  /** A record with java.time in it. */
  public record Stamped(String name, Instant at, Optional<Integer> size) {}

  public int integer(@QueueTrigger(name = "in", queueName = "q") String v) {
    return 7;
  }

  public long longer(@QueueTrigger(name = "in", queueName = "q") String v) {
    return 1L << 40;
  }

  public boolean truth(@QueueTrigger(name = "in", queueName = "q") String v) {
    return true;
  }

  public double floating(@QueueTrigger(name = "in", queueName = "q") String v) {
    return 1.5;
  }

  public float single(@QueueTrigger(name = "in", queueName = "q") String v) {
    return 0.5f;
  }

  public BigDecimal decimal(@QueueTrigger(name = "in", queueName = "q") String v) {
    return new BigDecimal("12345678901234567890.10");
  }

  public Order order(@QueueTrigger(name = "in", queueName = "q") String v) {
    return new Order("<b>&'=", 3);
  }

  public List<Order> orders(@QueueTrigger(name = "in", queueName = "q") String v) {
    return List.of(new Order("x", 1), new Order("y", 2));
  }

  public byte[] bytes(@QueueTrigger(name = "in", queueName = "q") String v) {
    return new byte[] {1, 2, 3};
  }

  public InputStream stream(@QueueTrigger(name = "in", queueName = "q") String v) {
    return new ByteArrayInputStream(new byte[] {4, 5});
  }

  public String nothing(@QueueTrigger(name = "in", queueName = "q") String v) {
    return null;
  }

  public Optional<String> maybe(@QueueTrigger(name = "in", queueName = "q") String v) {
    return Optional.of("z");
  }

  public Optional<String> empty(@QueueTrigger(name = "in", queueName = "q") String v) {
    return Optional.empty();
  }

  public Date date(@QueueTrigger(name = "in", queueName = "q") String v) {
    return new Date(0);
  }

  public LocalDateTime dateTime(@QueueTrigger(name = "in", queueName = "q") String v) {
    return LocalDateTime.of(2020, 1, 2, 3, 4, 5);
  }

  public Stamped stamped(@QueueTrigger(name = "in", queueName = "q") String v) {
    return new Stamped("r", Instant.EPOCH, Optional.of(4));
  }

  public Map<String, Object> map(@QueueTrigger(name = "in", queueName = "q") String v) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", 1);
    map.put("n", null);
    map.put("d", 2.0);
    return map;
  }

  public String[] array(@QueueTrigger(name = "in", queueName = "q") String v) {
    return new String[] {"a", "b"};
  }

  public void none(@QueueTrigger(name = "in", queueName = "q") String v) {}

  public Double notANumber(@QueueTrigger(name = "in", queueName = "q") String v) {
    return Double.NaN;
  }

  public Colour colour(@QueueTrigger(name = "in", queueName = "q") String v) {
    return Colour.GREEN;
  }

  public char letter(@QueueTrigger(name = "in", queueName = "q") String v) {
    return 'c';
  }

  public void unset(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @QueueOutput(name = "out", queueName = "o") OutputBinding<String> out) {}

  public void setNull(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @QueueOutput(name = "out", queueName = "o") OutputBinding<String> out) {
    out.setValue(null);
  }

  public void setTwice(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @QueueOutput(name = "out", queueName = "o") OutputBinding<String> out) {
    out.setValue("a");
    out.setValue(out.getValue() + "b");
  }

  public void setOrders(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @QueueOutput(name = "out", queueName = "o") OutputBinding<List<Order>> out) {
    out.setValue(List.of(new Order("x", 1)));
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  public void setRaw(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @QueueOutput(name = "out", queueName = "o") OutputBinding out) {
    out.setValue(5);
  }

  public void setAndThrow(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @QueueOutput(name = "out", queueName = "o") OutputBinding<String> out) {
    out.setValue("lost");
    throw new IllegalStateException("boom");
  }

  public void throwChecked(@QueueTrigger(name = "in", queueName = "q") String v)
      throws IOException {
    throw new IOException("io", new RuntimeException("root"));
  }

  public void throwError(@QueueTrigger(name = "in", queueName = "q") String v) {
    throw new StackOverflowError("deep");
  }

  public void throwPermanent(@QueueTrigger(name = "in", queueName = "q") String v) {
    throw new IllegalStateException("wrapped", new PermanentFailureException("never again"));
  }
}
