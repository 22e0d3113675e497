package dev.roost.http;

import dev.roost.http.Site.Resolution;
import dev.roost.spi.Access;
import dev.roost.spi.AccessLevel;
import dev.roost.spi.HostState;
import dev.roost.spi.HttpEndpoint;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.HttpResponse.Header;
import dev.roost.spi.Payload;
import dev.roost.spi.Running;
import dev.roost.spi.Sink;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. It is admitted and dispatched on the event loop of its connection;
 * whatever may block goes to a virtual thread and comes back. It is answered once, from any thread.
 */
final class Exchange {
  private static final System.Logger LOG = System.getLogger("Host.Triggers.Http");
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final HttpResponse UNAUTHORIZED = HttpResponse.of(401);
  private static final HttpResponse FORBIDDEN = HttpResponse.of(403);
  private static final HttpResponse UNAVAILABLE = HttpResponse.of(503);
  private static final HttpResponse SERVER_ERROR = HttpResponse.of(500);
  private static final HttpResponse TOO_MANY =
      new HttpResponse(429, List.of(new Header("X-FUNCTION-SCALEOUT", "1")), Payload.EMPTY);

  private final Conversation conversation;
  private final HttpServer server;
  private final RequestHead head;
  private final AtomicBoolean answered = new AtomicBoolean();
  private volatile @Nullable Running running;
  private volatile @Nullable Spool spooled;
  private volatile boolean deserted;
  private Resolution resolution = new Resolution.NotYet();

  Exchange(Conversation conversation, HttpServer server, RequestHead head) {
    this.conversation = conversation;
    this.server = server;
    this.head = head;
  }

  RequestHead head() {
    return head;
  }

  boolean isHead() {
    return head.method().equals("HEAD");
  }

  /** True when the function reads the body while it arrives. */
  boolean streams() {
    return resolution instanceof Resolution.ToFunction(HttpSource source, _) && source.streaming();
  }

  /** Decides who answers, and whether the sender may ask; then the body is taken. */
  void admit() {
    Optional<HttpResponse> preflight = server.options().additions().cors().preflight(head);
    if (preflight.isPresent()) {
      answer(preflight.get());
      return;
    }
    resolution = server.resolve(head);
    switch (resolution) {
      case Resolution.Answer(HttpResponse response) -> answer(response);
      case Resolution.NotYet _ -> aside(this::awaitStarted);
      case Resolution.ToFunction(HttpSource source, _) -> pass(source.access(), source.function());
      case Resolution.ToEndpoint(HttpEndpoint endpoint, _) -> pass(endpoint.access(), "");
    }
  }

  private void awaitStarted() throws InterruptedException {
    HostState state = server.host().awaitStarted(START_LIMIT);
    if (state.compareTo(HostState.RUNNING) < 0) {
      answer(Site.NOT_RUNNING);
    } else {
      conversation.wire().onLoop(this::admit);
    }
  }

  private void pass(AccessLevel level, String function) {
    if (level == AccessLevel.ANONYMOUS) {
      accept();
      return;
    }
    soon(() -> {
      HttpRequest asked = head.request(Map.of(), Payload.EMPTY);
      Access.Decision decision = server.host().access().decide(level, function, asked);
      switch (decision) {
        case ALLOWED -> conversation.wire().onLoop(this::accept);
        case UNAUTHORIZED -> answer(UNAUTHORIZED);
        case FORBIDDEN -> answer(FORBIDDEN);
        case UNAVAILABLE -> answer(UNAVAILABLE);
      }
    });
  }

  private void accept() {
    if (resolution instanceof Resolution.ToFunction(HttpSource source, _)
        && source.sink() == null) {
      answer(stopped());
    } else {
      conversation.takeBody(this, server.options().maxBodyBytes());
    }
  }

  /** The answer of a function whose trigger is not started: disabled, paused, or the host ends. */
  private HttpResponse stopped() {
    return server.host().state() == HostState.RUNNING ? Site.NOT_FOUND : Site.NOT_RUNNING;
  }

  /** The body is here: unpacks it if need be, then runs the function or the endpoint. */
  void dispatch(Payload body) {
    if (body instanceof Payload.Bytes(byte[] packed) && Inflated.applies(head.headers())) {
      aside(() -> {
        switch (Inflated.of(packed, server.options().maxBodyBytes())) {
          case Inflated.Refused(HttpResponse response) -> answer(response);
          case Inflated.Body(Payload unpacked) -> {
            head.headers()
                .remove(HttpHeaderNames.CONTENT_ENCODING)
                .remove(HttpHeaderNames.CONTENT_LENGTH);
            run(unpacked);
          }
        }
      });
    } else {
      run(body);
    }
  }

  /** The body is long and arrives on {@code arriving}: runs the function when it is in a file. */
  void spool(InputStream arriving) {
    aside(() -> {
      try {
        Spool file = Spool.write(arriving);
        spooled = file;
        run(file.payload());
      } catch (IOException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} {1}: the upload could not be written to a file ({2})",
            head.method(),
            head.path().text(),
            e.getMessage());
        answer(SERVER_ERROR);
      }
    });
  }

  private void run(Payload body) {
    switch (resolution) {
      case Resolution.ToFunction(HttpSource source, Map<String, String> values) -> {
        HttpDelivery delivery = new HttpDelivery(this, source, values, body);
        if (!server.throttle().enter(() -> offer(source, delivery))) {
          answer(TOO_MANY);
        }
      }
      case Resolution.ToEndpoint(HttpEndpoint endpoint, Map<String, String> values) ->
          aside(() -> answer(endpoint.handler().handle(head.request(values, body))));
      default -> throw new IllegalStateException("dispatched without a target");
    }
  }

  private void offer(HttpSource source, HttpDelivery delivery) {
    Sink sink = source.sink();
    if (sink == null || !conversation.isOpen()) {
      answerFunction(stopped());
    } else if (!sink.offer(delivery)) {
      answerFunction(server.host().state() == HostState.RUNNING ? TOO_MANY : Site.NOT_RUNNING);
    }
  }

  /** Starts what may block. */
  void start(Thread.Builder.OfVirtual thread, Runnable task) {
    conversation.wire().start(thread, task);
  }

  /** The function is about to be called. */
  void started(Running function) {
    running = function;
    if (deserted || !conversation.isOpen()) {
      deserted();
    }
  }

  /** The client is gone, or sends nothing more: interrupts the function if it asked for that. */
  void deserted() {
    deserted = true; // also for a function that is yet to be called
    Running function = running;
    if (function != null
        && resolution instanceof Resolution.ToFunction(HttpSource source, _)
        && source.interruptible()) {
      function.interrupt("The client closed the connection");
    }
  }

  /** Answers for a function, which makes room for the next request. */
  void answerFunction(HttpResponse response) {
    try {
      answer(response);
    } finally {
      server.throttle().leave();
    }
  }

  /** Answers; only the first answer counts. Blocks while a stream is sent. */
  void answer(HttpResponse response) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    send(response);
    Spool file = spooled;
    if (file != null) {
      file.delete();
    }
  }

  private void send(HttpResponse response) {
    if (ResponseEncoding.isValid(response)) {
      conversation.send(this, compressed(response));
    } else {
      LOG.log(
          System.Logger.Level.ERROR,
          "{0} {1}: the response has status {2} or a header that HTTP can''t carry;"
              + " sent 500 instead. Use a status from 200 to 999, and one line of text per header.",
          head.method(),
          head.path().text(),
          String.valueOf(response.status()));
      conversation.send(this, SERVER_ERROR);
    }
  }

  private HttpResponse compressed(HttpResponse response) {
    return server.options().additions().compression()
        ? Compression.apply(response, head)
        : response;
  }

  /** Runs what will block on a virtual thread; when it breaks, the answer is 500. */
  private void aside(Aside task) {
    Thread.startVirtualThread(() -> answered(task));
  }

  /** Runs what seldom blocks, on the loop between its rounds if it can; else as {@link #aside}. */
  private void soon(Aside task) {
    start(Thread.ofVirtual(), () -> answered(task));
  }

  private void answered(Aside task) {
    boolean done = false;
    try {
      task.run();
      done = true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      if (!done) {
        answer(SERVER_ERROR);
      }
    }
  }

  private interface Aside {
    void run() throws InterruptedException;
  }
}
