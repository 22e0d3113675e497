package probe;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;

/** Classes and methods of every shape, good and bad. */
public class Shapes {
  static int shared;
  int own;

  public static String isStatic(@QueueTrigger(name = "in", queueName = "q") String v) {
    return "static";
  }

  public String counts(@QueueTrigger(name = "in", queueName = "q") String v) {
    return "own=" + ++own;
  }

  public String overloaded(@QueueTrigger(name = "in", queueName = "q") String v) {
    return "1";
  }

  public String overloaded(int other) {
    return "2";
  }

  @FunctionName("first")
  public String named(@QueueTrigger(name = "in", queueName = "q") String v) {
    return "first";
  }

  @FunctionName("second")
  public String named(@QueueTrigger(name = "in", queueName = "q") Order v) {
    return "second";
  }

  public String twins(@QueueTrigger(name = "in", queueName = "q") String v) {
    return "1";
  }

  public String twins(@QueueTrigger(name = "in", queueName = "q") int v) {
    return "2";
  }

  @SuppressWarnings("unused")
  private String hidden(@QueueTrigger(name = "in", queueName = "q") String v) {
    return "hidden";
  }

  String notPublic(@QueueTrigger(name = "in", queueName = "q") String v) {
    return "not public";
  }

  /** A nested class, known by its canonical name. */
  public static class Nested {
    public String run(@QueueTrigger(name = "in", queueName = "q") String v) {
      return "nested";
    }
  }

  /** An inner class: it has no constructor without parameters. */
  public class Inner {
    public String run(@QueueTrigger(name = "in", queueName = "q") String v) {
      return "inner";
    }
  }

  interface Runs<T> {
    String run(T value);
  }

  /** Has a bridge method that carries the same annotations. */
  public static class Bridged implements Runs<String> {
    @Override
    @FunctionName("bridge")
    public String run(@QueueTrigger(name = "in", queueName = "q") String v) {
      return "bridge";
    }
  }

  /** Only a constructor with a parameter. */
  public static class NeedsArgument {
    public NeedsArgument(int x) {}

    public String run(@QueueTrigger(name = "in", queueName = "q") String v) {
      return "x";
    }
  }

  /** Only a private constructor. */
  public static class Private {
    private Private() {}

    public String run(@QueueTrigger(name = "in", queueName = "q") String v) {
      return "x";
    }
  }

  /** Can't be made. */
  public abstract static class Abstract {
    public String run(@QueueTrigger(name = "in", queueName = "q") String v) {
      return "x";
    }
  }

  /** Throws from its constructor. */
  public static class BadConstructor {
    public BadConstructor() {
      throw new IllegalStateException("no object");
    }

    public String run(@QueueTrigger(name = "in", queueName = "q") String v) {
      return "x";
    }
  }

  /** Can't be initialised. */
  public static class BadStatic {
    static final int LENGTH = Integer.parseInt("not a number");

    public String run(@QueueTrigger(name = "in", queueName = "q") String v) {
      return "" + LENGTH;
    }
  }

  /** Has the method. */
  public static class Base {
    public String inherited(@QueueTrigger(name = "in", queueName = "q") String v) {
      return "inherited in " + getClass().getSimpleName();
    }
  }

  /** Inherits the method. */
  public static class Derived extends Base {}

  public String unannotated(String v) {
    return v;
  }

  public String unknownBinding(@QueueTrigger(name = "other", queueName = "q") String v) {
    return v;
  }

  public void outputAsText(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @QueueOutput(name = "out", queueName = "o") String out) {}

  public void unknownOutput(
      @QueueTrigger(name = "in", queueName = "q") String v,
      @QueueOutput(name = "missing", queueName = "o") OutputBinding<String> out) {}

  public String anInterface(@QueueTrigger(name = "in", queueName = "q") Runnable v) {
    return "x";
  }

  public String aThread(@QueueTrigger(name = "in", queueName = "q") Thread v) {
    return "x";
  }

  public String aRequest(@QueueTrigger(name = "in", queueName = "q") HttpRequestMessage<String> v) {
    return "x";
  }

  public String badData(
      @QueueTrigger(name = "in", queueName = "q") String v, @BindingName("Id") Runnable id) {
    return "x";
  }
}
