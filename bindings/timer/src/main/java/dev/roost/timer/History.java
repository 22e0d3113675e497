package dev.roost.timer;

import dev.roost.spi.StateStore;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is remembered of a timer's runs, for those who do not hold its lock. */
record History(Timer timer) {
  private static final int TRIES = 5;

  /**
   * What is remembered; {@link Occurrences#NONE} when nothing is.
   *
   * @throws IOException when it can't be read
   */
  Occurrences read() throws IOException {
    return parse(timer.host().stateStore().read(path()));
  }

  /** Changes it, unless the timer remembers nothing at all. */
  void update(UnaryOperator<Occurrences> change) throws IOException {
    if (!timer.settings().useMonitor()) {
      return;
    }
    StateStore store = timer.host().stateStore();
    for (int i = 0; i < TRIES; i++) {
      Optional<StateStore.Document> document = store.read(path());
      String json = change.apply(parse(document)).json(timer.settings().zone());
      Optional<String> written =
          document.isPresent()
              ? store.replace(path(), document.get().etag(), json)
              : store.create(path(), json);
      if (written.isPresent()) {
        return;
      }
    }
    throw new IOException(path() + " is written by somebody else all the time");
  }

  private String path() {
    return timer.path("occurrences");
  }

  private Occurrences parse(Optional<StateStore.Document> document) throws IOException {
    try {
      return document
          .map(found -> Occurrences.parse(found.content(), timer.settings().zone()))
          .orElse(Occurrences.NONE);
    } catch (IllegalArgumentException e) {
      throw new IOException(path() + " is " + e.getMessage(), e);
    }
  }
}
