package dev.roost.storage.poison;

import dev.roost.storage.blob.BlobMessage;
import dev.roost.storage.queue.QueueWriter;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where the messages of a poison queue came from, and go back to. */
interface Origin {

  /** The name of the queue. */
  String queue();

  /** Why a message would be lost there, for people; empty when it would not. */
  Optional<String> refusal(PoisonMessage message);

  /** Puts a body there, as it travels. It never expires there. */
  void put(String wire) throws IOException;

  /** The queue that a function listens to. */
  record Queue(String queue, QueueWriter writer) implements Origin {
    @Override
    public Optional<String> refusal(PoisonMessage message) {
      return Optional.empty();
    }

    @Override
    public void put(String wire) throws IOException {
      writer.send(queue, wire, null, QueueWriter.FOR_EVER);
    }
  }

  /**
   * The internal queue of the blob trigger. Its hosts drop what is not about a blob, and in the end
   * what is for a function that none of them has.
   *
   * @param functions the app's blob functions, in lower case
   */
  record Blobs(String queue, Set<String> functions, QueueWriter writer) implements Origin {
    @Override
    public Optional<String> refusal(PoisonMessage message) {
      Optional<BlobMessage> blob = message.blob();
      if (blob.isEmpty()) {
        return Optional.of("it is not about a blob");
      }
      String function = blob.get().function();
      return functions.contains(function.toLowerCase(Locale.ROOT))
          ? Optional.empty()
          : Optional.of("the app has no blob function '" + function + "'");
    }

    @Override
    public void put(String wire) throws IOException {
      writer.send(queue, wire, null, QueueWriter.FOR_EVER);
    }
  }
}
