package guice;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts; one for the whole app, which shows that Guice and not the host makes it. */
@Singleton
public class Visits {
  private final AtomicInteger count = new AtomicInteger();

  public int next() {
    return count.incrementAndGet();
  }
}
