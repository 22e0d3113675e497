package probe;

import com.microsoft.azure.functions.annotation.QueueTrigger;

/** Functions that middlewares meddle with; an instance tells who made it. */
public class Ways {
  private final String maker;

  public Ways(String maker) {
    this.maker = maker;
  }

  public String skipped(@QueueTrigger(name = "in", queueName = "q") String v) {
    return "real";
  }

  public String replaced(@QueueTrigger(name = "in", queueName = "q") StringBuilder v) {
    return "got " + v;
  }

  public String replacedBadly(@QueueTrigger(name = "in", queueName = "q") String v) {
    return "got " + v;
  }

  public String watched(@QueueTrigger(name = "in", queueName = "q") String v) {
    return maker;
  }

  public String throwing(@QueueTrigger(name = "in", queueName = "q") String v) {
    throw new IllegalArgumentException("user");
  }

  public String converting(@QueueTrigger(name = "in", queueName = "q") int v) {
    return "never";
  }

  public static String isStatic(@QueueTrigger(name = "in", queueName = "q") String v) {
    return "static without an injector";
  }

  public String ordered(@QueueTrigger(name = "in", queueName = "q") String v) {
    return "function";
  }

  public String twice(@QueueTrigger(name = "in", queueName = "q") String v) {
    Behaviour.SEEN.add("called");
    return maker;
  }

  /** The injector refuses to make this one. */
  public static class Refused {
    public String run(@QueueTrigger(name = "in", queueName = "q") String v) {
      return "never";
    }
  }
}
