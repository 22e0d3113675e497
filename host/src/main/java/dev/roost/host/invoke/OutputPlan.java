package dev.roost.host.invoke;

import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.OutputProvider;
import dev.roost.spi.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the values go that leave a function: to the event's sender, or to outputs; made once.
 *
 * @param replies the bindings that answer the sender; the return value first
 * @param writes the outputs, in order
 * @param implicitReply true when the return value answers the sender without a binding
 */
record OutputPlan(List<String> replies, List<Write> writes, boolean implicitReply) {
  /** One output and the binding whose value it takes. */
  record Write(String binding, OutputProvider.Output output) {}

  static OutputPlan of(FunctionDefinition definition, OpenBindings open, boolean implicitReply)
      throws BindingException {
    List<String> replies = new ArrayList<>();
    List<Write> writes = new ArrayList<>();
    boolean returns = false;
    for (BindingDefinition binding : definition.bindings()) {
      if (binding.direction() == Direction.IN || binding.isTrigger()) {
        continue;
      }
      returns |= binding.isReturn();
      OutputProvider.Output output = open.outputs().get(binding.name());
      if (output != null) {
        writes.add(new Write(binding.name(), output));
      } else if (open.replyType().filter(binding.type()::equalsIgnoreCase).isPresent()) {
        replies.add(binding.isReturn() ? 0 : replies.size(), binding.name());
      } else {
        throw new BindingException(
            "type",
            "the " + binding.type() + " output '" + binding.name() + "' was not opened",
            "Use an output type that this host knows.");
      }
    }
    return new OutputPlan(replies, writes, implicitReply && !returns);
  }

  /**
   * Writes what one call set.
   *
   * @return what the sender is told
   * @throws IOException naming the binding when an output could not be written
   */
  Payload write(InvocationContext call) throws IOException {
    List<Payload> values = new ArrayList<>(writes.size());
    // All are converted before the first is written: a bad value then leaves nothing half done.
    for (Write write : writes) {
      values.add(payload(write.binding(), value(write.binding(), call)));
    }
    Payload reply = reply(call);
    for (int i = 0; i < values.size(); i++) {
      if (!(values.get(i) instanceof Payload.Empty)) {
        write(writes.get(i), values.get(i), call);
      }
    }
    return reply;
  }

  private Payload reply(InvocationContext call) throws IOException {
    if (implicitReply) {
      return payload(BindingDefinition.RETURN, call.getReturnValue());
    }
    for (String binding : replies) {
      Payload value = payload(binding, value(binding, call));
      if (!(value instanceof Payload.Empty)) {
        return value;
      }
    }
    return Payload.EMPTY;
  }

  private static @Nullable Object value(String binding, InvocationContext call) {
    return binding.equalsIgnoreCase(BindingDefinition.RETURN)
        ? call.getReturnValue()
        : call.slot(binding).getValue();
  }

  private static Payload payload(String binding, @Nullable Object value) throws IOException {
    try {
      return Values.payload(value);
    } catch (RuntimeException e) {
      // Gson, and the getters of a response that the app implements, throw what they like.
      throw new IOException(
          "The value of output '"
              + binding
              + "' can't be written as JSON: "
              + (value == null ? "null" : value.getClass().getName()),
          e);
    }
  }

  private static void write(Write write, Payload value, InvocationContext call) throws IOException {
    try {
      write.output().write(value, call.data());
    } catch (IOException e) {
      throw new IOException(
          "The output '" + write.binding() + "' was not written: " + e.getMessage(), e);
    }
  }
}
