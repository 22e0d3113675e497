package dev.roost.storage.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.HostServices;
import dev.roost.spi.PlainJson;
import dev.roost.spi.StateStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Why a message is poison, as a document beside it: function, attempts with invocation ids,
 * exceptions and times. Each failed attempt is noted under the message's id, because the next may
 * be made by another host; the notes go into the record when the message is poison, and away when
 * it succeeds. An attempt that no host noted was not settled: its host was killed or lost the
 * storage. Keeping records never fails a settlement.
 *
 * <p>The record of a message is {@code azure-webjobs-hosts/roost/poison/{poison queue}/{id}}, where
 * the id is that of the message in the poison queue.
 */
public final class PoisonRecords {
  private static final Logger LOG = System.getLogger("Host.Triggers.Queue");
  private static final String POISON = "azure-webjobs-hosts/roost/poison/";
  private static final String ATTEMPTS = "azure-webjobs-hosts/roost/attempts/";
  private static final int LONGEST_STACK = 8_000;

  private final HostServices host;
  private final String function;

  PoisonRecords(HostServices host, String function) {
    this.host = host;
    this.function = function;
  }

  /** The path of the record of a message in a poison queue. */
  public static String path(String poisonQueue, String id) {
    return POISON + poisonQueue + "/" + id;
  }

  /** The path of the notes of the failed attempts of a message that may run again. */
  public static String attemptsPath(String messageId) {
    return ATTEMPTS + messageId;
  }

  /** The reason that a record gives, for people. */
  public static String reason(String record) {
    try {
      return PlainJson.MAPPER.readTree(record).path("reason").asText();
    } catch (JsonProcessingException _) {
      return "its record can't be read";
    }
  }

  /** How often a message failed so far and why it did last, for people. */
  public static String attempts(String notes) {
    try {
      JsonNode attempts = PlainJson.MAPPER.readTree(notes);
      JsonNode last = attempts.path(attempts.size() - 1);
      return "%d failed attempts, the last at %s: %s"
          .formatted(
              attempts.size(),
              last.path("failedOn").asText(),
              last.path("exception").asText().lines().findFirst().orElse(""));
    } catch (JsonProcessingException _) {
      return "its notes can't be read";
    }
  }

  /** Notes an attempt that failed. */
  void failed(LeasedMessage message, String invocationId, Throwable cause) {
    quietly(
        "note the failure of message " + message.id(),
        store -> {
          ArrayNode attempts = attempts(store, message);
          attempts.add(attempt(message, invocationId, cause));
          store.write(notes(message), attempts.toString());
        });
  }

  /** Forgets the failures of a message that succeeded at last. */
  void succeeded(LeasedMessage message) {
    if (message.dequeueCount() > 1) {
      quietly(
          "forget the failures of message " + message.id(), store -> store.delete(notes(message)));
    }
  }

  /** Writes the record of a message that went to {@code poisonQueue} as {@code poisonId}. */
  void poisoned(LeasedMessage message, String poisonQueue, String poisonId, String why) {
    quietly(
        "record why message " + message.id() + " is poison",
        store -> {
          ArrayNode attempts = attempts(store, message);
          ObjectNode record = PlainJson.MAPPER.createObjectNode();
          record.put("function", function);
          record.put("queue", message.queue());
          record.put("messageId", message.id());
          record.put("reason", why + kills(attempts, message));
          record.put("poisonedOn", host.clock().now().toString());
          MessageData.time(message.insertedOn()).ifPresent(on -> record.put("insertedOn", on));
          record.put("dequeueCount", message.dequeueCount());
          record.put("neverSettled", neverSettled(attempts, message));
          record.set("attempts", attempts);
          store.write(path(poisonQueue, poisonId), record.toPrettyString());
          store.delete(notes(message));
        });
  }

  private static String kills(ArrayNode attempts, LeasedMessage message) {
    long count = neverSettled(attempts, message);
    if (count == 0) {
      return "";
    }
    String which = attempts.isEmpty() ? "none was ever settled" : count + " were never settled";
    return "; " + which + ", because the host was killed or lost the storage";
  }

  /** The receptions that nobody noted as an attempt; one that reached no function is no attempt. */
  private static long neverSettled(ArrayNode attempts, LeasedMessage message) {
    long received = message.dequeueCount();
    boolean lastIsNoted = false;
    for (JsonNode attempt : attempts) {
      lastIsNoted |= attempt.path("dequeueCount").asLong() == received;
    }
    long made = lastIsNoted ? received : received - 1;
    return Math.max(0, made - attempts.size());
  }

  private ObjectNode attempt(LeasedMessage message, String invocationId, Throwable cause) {
    StringWriter stack = new StringWriter();
    cause.printStackTrace(new PrintWriter(stack));
    String text = stack.toString();
    return PlainJson.MAPPER
        .createObjectNode()
        .put("dequeueCount", message.dequeueCount())
        .put("invocationId", invocationId)
        .put("host", host.instanceId())
        .put("failedOn", host.clock().now().toString())
        .put("exception", cause.toString())
        .put("stack", text.substring(0, Math.min(LONGEST_STACK, text.length())));
  }

  private static ArrayNode attempts(StateStore store, LeasedMessage message) throws IOException {
    Optional<StateStore.Document> notes = store.read(notes(message));
    if (notes.isPresent()) {
      try {
        if (PlainJson.MAPPER.readTree(notes.get().content()) instanceof ArrayNode attempts) {
          return attempts;
        }
      } catch (JsonProcessingException _) {
        // Not ours any more: begin anew.
      }
    }
    return PlainJson.MAPPER.createArrayNode();
  }

  private static String notes(LeasedMessage message) {
    return attemptsPath(message.id());
  }

  private interface Keeping {
    void in(StateStore store) throws IOException;
  }

  private void quietly(String what, Keeping keeping) {
    try {
      keeping.in(host.stateStore());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Could not {0}: {1}", what, e.getMessage());
    }
  }
}
