package dev.roost.timer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roost.spi.Delivery;
import dev.roost.spi.HostClock;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Running;
import dev.roost.spi.Sink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A {@link Sink} that runs each delivery at once, or keeps it until the test ends it. */
final class Runs implements Sink {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One call of the function. */
  record Call(Delivery delivery, Instant begun, List<String> interrupts) implements Running {
    @Override
    public void interrupt(String reason) {
      interrupts.add(reason);
    }

    @Override
    public boolean interrupted() {
      return !interrupts.isEmpty();
    }

    JsonNode info() {
      try {
        return JSON.readTree(((Payload.Text) delivery.payload()).value());
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean pastDue() {
      return info().get("IsPastDue").booleanValue();
    }

    JsonNode ours() {
      return ((Payload.Json) delivery.data().exactly("TimerInfo").orElseThrow()).value();
    }

    Instant scheduled() {
      return Instant.parse(ours().get("scheduled").asText());
    }
  }

  final List<Call> calls = new ArrayList<>();
  final HostClock clock;
  boolean atOnce = true;
  boolean capacity = true;
  Outcome outcome = new Outcome.Succeeded(Payload.EMPTY);

  /** What happens right before the function is called. */
  Runnable before = () -> {};

  Runs(HostClock clock) {
    this.clock = clock;
  }

  @Override
  public boolean offer(Delivery delivery) {
    if (!capacity) {
      return false;
    }
    Call call = new Call(delivery, clock.now(), new ArrayList<>());
    calls.add(call);
    before.run();
    delivery.started(call);
    if (atOnce) {
      end(call, outcome);
    }
    return true;
  }

  void end(Call call, Outcome outcome) {
    try {
      call.delivery().settle(outcome);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Call last() {
    return calls.getLast();
  }

  List<Instant> begun() {
    return calls.stream().map(Call::begun).toList();
  }

  List<Instant> scheduled() {
    return calls.stream().map(Call::scheduled).toList();
  }
}
