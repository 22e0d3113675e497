package dev.roost.host.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.spi.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PublishedTest {

  /** Publishes its items on the thread that asks for them, as many as are asked for. */
  private static final class Items implements Flow.Publisher<Object>, Flow.Subscription {
    private final List<?> items;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private Flow.Subscriber<? super Object> subscriber;
    private int next;

    Items(Object... items) {
      this.items = List.of(items);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Object> reader) {
      subscriber = reader;
      reader.onSubscribe(this);
    }

    @Override
    public void request(long n) {
      asked.addAndGet(n);
      for (long i = 0; i < n && next < items.size(); i++) {
        subscriber.onNext(items.get(next++));
      }
      if (next == items.size() && !cancelled.get()) {
        subscriber.onComplete();
      }
    }

    @Override
    public void cancel() {
      cancelled.set(true);
    }
  }

  private static InputStream stream(Flow.Publisher<?> publisher) throws IOException {
    assertThat(Values.payload(publisher)).isInstanceOf(Payload.Stream.class);
    return ((Payload.Stream) Values.payload(publisher)).opener().open();
  }

  @Test
  void isOneStreamOfTextAndBytes() throws IOException {
    Items items =
        new Items(
            "Grüße",
            " an ".getBytes(StandardCharsets.UTF_8),
            ByteBuffer.wrap("Ada".getBytes(StandardCharsets.UTF_8)));
    assertThat(new String(stream(items).readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("Grüße an Ada");
  }

  @Test
  void asksForNoMoreThanIsRead() throws IOException {
    Object[] many = new Object[1_000];
    Arrays.fill(many, "item");
    Items items = new Items(many);
    try (InputStream stream = stream(items)) {
      assertThat(stream.readNBytes(8)).hasSize(8);
      assertThat(items.asked.get()).isLessThan(10);
    }
  }

  @Test
  void cancelsThePublisherWhenTheReaderGoesAway() throws IOException {
    Items items = new Items("one", "two", "three", "four");
    try (InputStream stream = stream(items)) {
      assertThat(stream.readNBytes(3)).hasSize(3);
    }
    assertThat(items.cancelled).isTrue();
  }

  @Test
  void failsWhenThePublisherDoes() throws IOException {
    try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>();
        InputStream stream = stream(publisher)) {
      publisher.submit("begun");
      assertThat(stream.readNBytes(5)).isEqualTo("begun".getBytes(StandardCharsets.UTF_8));
      publisher.closeExceptionally(new IllegalStateException("the source broke"));
      assertThatThrownBy(stream::read)
          .isInstanceOf(IOException.class)
          .hasRootCauseMessage("the source broke");
    }
  }

  @Test
  void handsEachItemOnBeforeTheNextIsThere() throws IOException {
    List<String> events = List.of("data: one\n\n", "data: two\n\n");
    try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>();
        InputStream stream = stream(publisher)) {
      for (String event : events) {
        publisher.submit(event);
        byte[] read = stream.readNBytes(event.length());
        assertThat(new String(read, StandardCharsets.UTF_8)).isEqualTo(event);
      }
    }
  }

  @Test
  void refusesItemsThatAreNoBytes() throws IOException {
    try (InputStream stream = stream(new Items("text", 7))) {
      assertThatThrownBy(stream::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasRootCauseMessage(
              "A published body consists of String, byte[] or ByteBuffer, not of"
                  + " java.lang.Integer");
    }
  }
}
