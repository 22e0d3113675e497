package probe;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One function for each type of parameter; each answers with what it received. */
public class Takes {
  /** A record with a date, a nested list and an Optional. */
  public record Trip(String to, LocalDate day, List<Order> orders, Optional<String> note) {}

  public String text(@QueueTrigger(name = "in", queueName = "q") String v) {
    return Show.of(v);
  }

  public String bytes(@QueueTrigger(name = "in", queueName = "q") byte[] v) {
    return Show.of(v);
  }

  public String boxedBytes(@QueueTrigger(name = "in", queueName = "q") Byte[] v) {
    return Show.of(v);
  }

  public String order(@QueueTrigger(name = "in", queueName = "q") Order v) {
    return Show.of(v);
  }

  public String trip(@QueueTrigger(name = "in", queueName = "q") Trip v) {
    return Show.of(v);
  }

  public String maybeText(@QueueTrigger(name = "in", queueName = "q") Optional<String> v) {
    return Show.of(v);
  }

  public String maybeOrder(@QueueTrigger(name = "in", queueName = "q") Optional<Order> v) {
    return Show.of(v);
  }

  public String texts(@QueueTrigger(name = "in", queueName = "q") List<String> v) {
    return Show.of(v);
  }

  public String textArray(@QueueTrigger(name = "in", queueName = "q") String[] v) {
    return Show.of(v);
  }

  public String orders(@QueueTrigger(name = "in", queueName = "q") List<Order> v) {
    return Show.of(v);
  }

  public String wildOrders(@QueueTrigger(name = "in", queueName = "q") List<? extends Order> v) {
    return Show.of(v);
  }

  public String orderArray(@QueueTrigger(name = "in", queueName = "q") Order[] v) {
    return Show.of(v);
  }

  public String manyBytes(@QueueTrigger(name = "in", queueName = "q") List<byte[]> v) {
    return Show.of(v);
  }

  public String bytesArray(@QueueTrigger(name = "in", queueName = "q") byte[][] v) {
    return Show.of(v);
  }

  public String numbers(@QueueTrigger(name = "in", queueName = "q") int[] v) {
    return v.length + " numbers from " + v[0];
  }

  public String textSet(@QueueTrigger(name = "in", queueName = "q") Set<String> v) {
    return Show.of(v);
  }

  public String integer(@QueueTrigger(name = "in", queueName = "q") int v) {
    return Show.of(v);
  }

  public String boxedInteger(@QueueTrigger(name = "in", queueName = "q") Integer v) {
    return Show.of(v);
  }

  public String longer(@QueueTrigger(name = "in", queueName = "q") long v) {
    return Show.of(v);
  }

  public String floating(@QueueTrigger(name = "in", queueName = "q") double v) {
    return Show.of(v);
  }

  public String truth(@QueueTrigger(name = "in", queueName = "q") boolean v) {
    return Show.of(v);
  }

  public String boxedTruth(@QueueTrigger(name = "in", queueName = "q") Boolean v) {
    return Show.of(v);
  }

  public String letter(@QueueTrigger(name = "in", queueName = "q") char v) {
    return Show.of(v);
  }

  public String map(@QueueTrigger(name = "in", queueName = "q") Map<String, Object> v) {
    return Show.of(v);
  }

  public String anything(@QueueTrigger(name = "in", queueName = "q") Object v) {
    return Show.of(v);
  }

  public String colour(@QueueTrigger(name = "in", queueName = "q") Colour v) {
    return Show.of(v);
  }

  public String date(@QueueTrigger(name = "in", queueName = "q") Date v) {
    return Show.of(v);
  }

  public String stream(@QueueTrigger(name = "in", queueName = "q") InputStream v)
      throws IOException {
    return Show.of(v.readAllBytes());
  }

  public String decimal(@QueueTrigger(name = "in", queueName = "q") BigDecimal v) {
    return Show.of(v);
  }

  public String uuid(@QueueTrigger(name = "in", queueName = "q") UUID v) {
    return Show.of(v);
  }

  public String dateTime(@QueueTrigger(name = "in", queueName = "q") LocalDateTime v) {
    return Show.of(v);
  }

  public String instant(@QueueTrigger(name = "in", queueName = "q") Instant v) {
    return Show.of(v);
  }

  public String context(
      @QueueTrigger(name = "in", queueName = "q") String v, ExecutionContext context) {
    return context.getFunctionName()
        + " logger="
        + context.getLogger().getName()
        + " trace="
        + context.getTraceContext().getTraceparent()
        + context.getTraceContext().getAttributes()
        + " retry="
        + context.getRetryContext().getRetrycount()
        + "/"
        + context.getRetryContext().getMaxretrycount()
        + " after='"
        + context.getRetryContext().getException().getMessage()
        + "'";
  }

  public String contextLoader(@QueueTrigger(name = "in", queueName = "q") String v) {
    return Show.of(Thread.currentThread().getContextClassLoader() == Takes.class.getClassLoader());
  }

  public String idData(
      @QueueTrigger(name = "in", queueName = "q") String v, @BindingName("Id") String id) {
    return Show.of(id);
  }

  public String longData(
      @QueueTrigger(name = "in", queueName = "q") String v, @BindingName("DequeueCount") long n) {
    return Show.of(n);
  }

  public String intData(
      @QueueTrigger(name = "in", queueName = "q") String v, @BindingName("DequeueCount") int n) {
    return Show.of(n);
  }

  public String timeText(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @BindingName("InsertionTime") String time) {
    return Show.of(time);
  }

  public String timeDate(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @BindingName("InsertionTime") Date time) {
    return Show.of(time);
  }

  public String timeInstant(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @BindingName("InsertionTime") Instant time) {
    return Show.of(time);
  }

  public String mapData(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @BindingName("UserProperties") Map<String, Object> properties) {
    return Show.of(properties);
  }

  public String maybeData(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @BindingName("Nope") Optional<String> none) {
    return Show.of(none);
  }
}
