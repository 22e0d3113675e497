package dev.roost.benchmarks.overhead;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingException;
import dev.roost.spi.Source;
import dev.roost.spi.TriggerProvider;
import java.util.Optional;
import java.util.Set;

/** Events without a wire: made when they are asked for, counted when they are settled. */
public final class EventTrigger implements TriggerProvider {

  @Override
  public Set<String> types() {
    return Set.of("benchmarkTrigger");
  }

  @Override
  public Optional<String> replyType() {
    return Optional.of("benchmark");
  }

  @Override
  public Source open(BindingContext context) throws BindingException {
    Shape shape = Shape.valueOf(context.required("shape"));
    String function = context.function().name();
    return shape.isHttp() ? new Requests(function, shape) : new Messages(function, shape);
  }

  @Override
  public String describe(BindingContext context) {
    return "events without a wire";
  }
}
