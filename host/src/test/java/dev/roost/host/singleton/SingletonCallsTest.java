package dev.roost.host.singleton;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.lease.LeaseKeeper;
import dev.roost.host.lease.LeaseOptions;
import dev.roost.host.lease.Turns;
import dev.roost.host.run.Invocation;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.LeaseProvider;
import dev.roost.spi.ManualDelivery;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.Running;
import dev.roost.spi.StoreProvider;
import dev.roost.testkit.Await;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemoryLeaseProvider;
import dev.roost.testkit.RealTime;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingletonCallsTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Outcome DONE = new Outcome.Succeeded(Payload.EMPTY);

  private final RealTime time = new RealTime();
  private final List<StoreProvider> stores = new ArrayList<>();
  private final ObjectNode properties = JsonNodeFactory.instance.objectNode();

  @AfterEach
  void close() throws Exception {
    time.close();
    for (StoreProvider store : stores) {
      store.close();
    }
  }

  /** One host of the app. */
  private record Node(TestHost host, Turns turns) {}

  /** A call that can be interrupted, as the dispatcher makes it. */
  private static final class Call implements Running {
    private final Thread thread = Thread.currentThread();
    private volatile boolean interrupted;

    @Override
    public void interrupt(String reason) {
      interrupted = true;
      thread.interrupt();
    }

    @Override
    public boolean interrupted() {
      return interrupted;
    }
  }

  private List<Node> twoHosts(String kind) {
    LeaseProvider memory = new MemoryLeaseProvider(time);
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      TestHost host = new TestHost();
      host.clock = time;
      host.waiter = time;
      host.hostId = "singleton" + System.nanoTime() % 1_000_000_000;
      if (i > 0) {
        host.hostId = nodes.getFirst().host().hostId;
      }
      nodes.add(node(host, kind.equals("memory") ? memory : azurite(host)));
    }
    return nodes;
  }

  private LeaseProvider azurite(TestHost host) {
    host.values.put("AzureWebJobsStorage", Azurite.shared().connectionString());
    StoreProvider store = ServiceLoader.load(StoreProvider.class).findFirst().orElseThrow();
    stores.add(store);
    return store.leases(host);
  }

  private static Node node(TestHost host, LeaseProvider leases) {
    return node(host, leases, LeaseOptions.DEFAULT);
  }

  private static Node node(TestHost host, LeaseProvider leases, LeaseOptions options) {
    return new Node(
        host, new Turns(new LeaseKeeper(host, leases, options), Duration.ofMillis(200)));
  }

  private Invocation calls(Node node, Invocation call) throws Exception {
    FunctionDefinition function =
        new FunctionDefinition(
            "Bill",
            "app.jar",
            "app.Bill.run",
            List.of(new BindingDefinition("q", "queueTrigger", Direction.IN, properties)),
            Optional.empty());
    return SingletonCalls.of(function, node.host(), node.turns(), call);
  }

  private static Outcome invoke(Invocation function, String customer) {
    BindingData data = BindingData.builder().text("customerId", customer).build();
    return function.invoke(new ManualDelivery("Bill", Payload.EMPTY, data), new Call());
  }

  /** What ran at the same time. */
  private static final class Meeting {
    private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger mostOfOneValue = new AtomicInteger();

    Outcome hold(dev.roost.spi.Delivery delivery, Running running) {
      String value = delivery.data().find("customerId").orElseThrow().toString();
      AtomicInteger ofValue = this.running.computeIfAbsent(value, _ -> new AtomicInteger());
      mostOfOneValue.accumulateAndGet(ofValue.incrementAndGet(), Math::max);
      most.accumulateAndGet(all.incrementAndGet(), Math::max);
      long end = System.nanoTime() + 5_000_000;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      all.decrementAndGet();
      ofValue.decrementAndGet();
      return DONE;
    }
  }

  private int callAll(List<Node> nodes, Meeting meeting, int callsEach, int values)
      throws Exception {
    AtomicInteger succeeded = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (Node node : nodes) {
      Invocation function = calls(node, meeting::hold);
      for (int i = 0; i < callsEach; i++) {
        String customer = "c" + i % values;
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  if (invoke(function, customer).equals(DONE)) {
                    succeeded.incrementAndGet();
                  }
                }));
      }
    }
    for (Thread thread : threads) {
      assertThat(thread.join(SOON)).isTrue();
    }
    return succeeded.get();
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "azurite"})
  void oneCallRunsAtATimeOverTwoHosts(String kind) throws Exception {
    properties.put("singleton", true);
    Meeting meeting = new Meeting();
    assertThat(callAll(twoHosts(kind), meeting, 20, 20)).isEqualTo(40);
    assertThat(meeting.most).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "azurite"})
  void callsOfDifferentValuesRunTogetherAndThoseOfOneValueDoNot(String kind) throws Exception {
    properties.put("singleton", "{customerId}");
    Meeting meeting = new Meeting();
    assertThat(callAll(twoHosts(kind), meeting, 20, 4)).isEqualTo(40);
    assertThat(meeting.mostOfOneValue).hasValue(1);
    assertThat(meeting.most.get()).isGreaterThan(1);
  }

  @Test
  void withoutASingletonNothingWaits() throws Exception {
    Node node = twoHosts("memory").getFirst();
    Invocation call = (_, _) -> DONE;
    assertThat(calls(node, call)).isSameAs(call);
  }

  @Test
  void aCallThatWaitedForItsLimitIsGivenBack() throws Exception {
    properties.put("singleton", true).put("waitLimit", "00:00:00.5");
    List<Node> nodes = twoHosts("memory");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Invocation lasting =
        calls(
            nodes.getFirst(),
            (_, _) -> {
              begun.countDown();
              return await(end);
            });
    Thread holder = Thread.ofVirtual().start(() -> invoke(lasting, "c"));
    begun.await();
    Outcome outcome = invoke(calls(nodes.getLast(), (_, _) -> DONE), "c");
    assertThat(outcome).isInstanceOf(Outcome.Abandoned.class);
    assertThat(((Outcome.Abandoned) outcome).reason())
        .isEqualTo(
            "it waited PT0.5S for the lock Host.Functions.Bill.Singleton: another call has it");
    end.countDown();
    assertThat(holder.join(SOON)).isTrue();
    assertThat(invoke(calls(nodes.getLast(), (_, _) -> DONE), "c")).isEqualTo(DONE);
  }

  @Test
  void theLimitOfHostJsonHoldsForFunctionsThatSetNone() throws Exception {
    properties.put("singleton", true);
    TestHost host = new TestHost();
    host.clock = time;
    host.waiter = time;
    LeaseProvider leases = new MemoryLeaseProvider(time);
    LeaseOptions.Calls limited =
        new LeaseOptions.Calls(
            Duration.ofSeconds(15), Optional.of(Duration.ofMillis(300)), Optional.empty());
    Node node =
        node(host, leases, new LeaseOptions(Duration.ofSeconds(15), Optional.empty(), limited));
    assertThat(
            leases.acquire(
                "azure-webjobs-hosts/locks/" + host.hostId + "/Host.Functions.Bill.Singleton",
                Duration.ofSeconds(60)))
        .isPresent();
    Outcome outcome = invoke(calls(node, (_, _) -> DONE), "c");
    assertThat(((Outcome.Abandoned) outcome).reason()).startsWith("it waited PT0.3S for the lock");
  }

  private static Outcome await(CountDownLatch end) {
    try {
      end.await();
      return DONE;
    } catch (InterruptedException _) {
      return new Outcome.Failed(new IOException("interrupted"));
    }
  }

  @Test
  void anEventThatDoesNotSayForWhichValueItIsFailsForGood() throws Exception {
    properties.put("singleton", "{orderId}");
    Outcome outcome = invoke(calls(twoHosts("memory").getFirst(), (_, _) -> DONE), "c");
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).permanent()).isTrue();
    assertThat(((Outcome.Failed) outcome).cause()).hasMessageContaining("orderId");
  }

  @Test
  void aStopSendsAwayWhoWaits() throws Exception {
    properties.put("singleton", true);
    List<Node> nodes = twoHosts("memory");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Invocation function =
        calls(
            nodes.getFirst(),
            (_, _) -> {
              begun.countDown();
              return await(end);
            });
    CompletableFuture<Outcome> first = new CompletableFuture<>();
    CompletableFuture<Outcome> second = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> first.complete(invoke(function, "c")));
    begun.await();
    Thread.ofVirtual().start(() -> second.complete(invoke(function, "c")));
    nodes.getFirst().turns().drain();
    assertThat(second.get()).isEqualTo(new Outcome.Abandoned("the host stops"));
    end.countDown();
    assertThat(first.get()).as("what runs may end").isEqualTo(DONE);
  }

  @Test
  void aLostLeaseInterruptsTheCall() throws Exception {
    properties.put("singleton", true);
    ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    TestHost host = new TestHost();
    host.clock = clock;
    host.waiter = clock;
    Node node = node(host, new Unrenewable(new MemoryLeaseProvider(clock)));
    CountDownLatch begun = new CountDownLatch(1);
    Invocation function =
        calls(
            node,
            (_, _) -> {
              begun.countDown();
              return await(new CountDownLatch(1));
            });
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> outcome.complete(invoke(function, "c")));
    Await.until(
        "the call",
        SOON,
        () -> {
          clock.advance(Duration.ZERO);
          return begun.getCount() == 0;
        });
    clock.advance(Duration.ofSeconds(13));
    assertThat(outcome).isNotDone();
    clock.advance(Duration.ofSeconds(1));
    assertThat(outcome.get()).isInstanceOf(Outcome.Failed.class);
  }

  /** Leases whose renewals do not get through. */
  private record Unrenewable(LeaseProvider leases) implements LeaseProvider {
    private record Kept(LeaseProvider.Lease lease) implements LeaseProvider.Lease {
      @Override
      public String path() {
        return lease.path();
      }

      @Override
      public String id() {
        return lease.id();
      }

      @Override
      public boolean renew() throws IOException {
        throw new IOException("the store is unreachable");
      }

      @Override
      public void release() throws IOException {
        throw new IOException("the store is unreachable");
      }
    }

    @Override
    public Optional<Lease> acquire(String path, Duration period) throws IOException {
      return leases.acquire(path, period).map(Kept::new);
    }

    @Override
    public boolean release(String path, String id) throws IOException {
      return leases.release(path, id);
    }
  }
}
