package dev.roost.host.invoke;

import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow;

/**
 * A publisher's items as one stream of bytes, which asks for the next item when the last one is
 * read, fails when the publisher does, and cancels it when it is closed before its end. Items are
 * text (UTF-8), bytes or buffers.
 */
final class Published implements Flow.Subscriber<Object> {
  private final BodySubscriber<InputStream> stream = BodySubscribers.ofInputStream();
  private boolean refused;

  private Published() {}

  /** Subscribes at once; the publisher is asked for nothing more than is read. */
  static InputStream open(Flow.Publisher<?> publisher) {
    Published published = new Published();
    publisher.subscribe(published);
    return published.stream.getBody().toCompletableFuture().join();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    stream.onSubscribe(subscription);
  }

  @Override
  public void onNext(Object item) {
    if (refused) {
      return;
    }
    switch (item) {
      case ByteBuffer buffer -> stream.onNext(List.of(buffer));
      case byte[] bytes -> stream.onNext(List.of(ByteBuffer.wrap(bytes)));
      case String text ->
          stream.onNext(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
      default -> {
        refused = true;
        stream.onError(
            new IllegalArgumentException(
                "A published body consists of String, byte[] or ByteBuffer, not of "
                    + item.getClass().getName()));
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    stream.onError(failure);
  }

  @Override
  public void onComplete() {
    if (!refused) {
      stream.onComplete();
    }
  }
}
