package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roost.host.blackbox.TimerApp.Line;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three hosts, one-second timers, and whatever a night can bring: hosts killed, paused past their
 * lease, cut off from storage. With {@code -Droost.storm=true} all of it and more than once.
 */
class TimerStormIT {
  private static final boolean LONG = Boolean.getBoolean("roost.storm");
  private static final int KILLS = LONG ? 10 : 3;
  private static final int PAUSES = LONG ? 2 : 1;
  private static final int PARTITIONS = LONG ? 2 : 1;

  private static final List<String> TIMERS = List.of("AtMostOnce", "AtLeastOnce", "Defaults");
  private static final Duration LEASE = Duration.ofSeconds(15);

  /** A host, and the network between it and its storage. */
  private record Node(HostProcess host, FaultProxy network) implements AutoCloseable {
    long pid() {
      return host.pid();
    }

    @Override
    public void close() throws IOException {
      host.close();
      network.close();
    }
  }

  private @TempDir Path folder;
  private final List<Node> nodes = new ArrayList<>();
  private final List<HostProcess> all = new ArrayList<>();
  private final Map<Long, Instant> resumed = new HashMap<>();
  private final List<String> takeovers = new ArrayList<>();
  private TimerApp app;
  private Azurite azurite;

  @Test
  void everyInstantKeepsItsPromiseWhateverBefallsTheHosts()
      throws IOException, InterruptedException {
    app = TimerApp.in(folder.toRealPath());
    try (Azurite launched = Azurite.launch()) {
      azurite = launched;
      for (int i = 0; i < 3; i++) {
        join();
      }
      calmAfter(Instant.now());
      for (int i = 0; i < KILLS; i++) {
        kill(TIMERS.get(i % TIMERS.size()), i % 2 == 0);
      }
      for (int i = 0; i < PAUSES; i++) {
        pause(i == 0 ? "AtMostOnce" : "Lasting");
      }
      for (int i = 0; i < PARTITIONS; i++) {
        partition(i == 0 ? "Lasting" : "AtLeastOnce");
      }
    } finally {
      for (Node node : nodes) {
        node.close();
      }
    }
    judge();
  }

  private void join() throws IOException {
    FaultProxy network = FaultProxy.to(azurite.port("Blob"));
    HostProcess host = app.start(azurite.through("Blob", network.port()));
    all.add(host);
    nodes.add(new Node(host, network));
  }

  /** The host that ran the timer last. */
  private Node leader(String timer) {
    long pid = app.runs(timer).getLast().pid();
    return nodes.stream().filter(node -> node.pid() == pid).findFirst().orElseThrow();
  }

  private void kill(String timer, boolean restartAtOnce) throws IOException, InterruptedException {
    Node leader = leader(timer);
    Instant killed = Instant.now();
    leader.host().kill();
    leader.close();
    nodes.remove(leader);
    if (restartAtOnce) {
      join();
    }
    takeover("kill -9 of " + timer + (restartAtOnce ? ", restarted" : ""), timer, leader, killed);
    if (!restartAtOnce) {
      join();
    }
    calmAfter(Instant.now());
  }

  private void pause(String timer) throws IOException, InterruptedException {
    Node leader = leader(timer);
    Instant paused = Instant.now();
    leader.host().signal("STOP");
    takeover("SIGSTOP of " + timer, timer, leader, paused);
    calmWithout(leader);
    resumed.put(leader.pid(), Instant.now());
    leader.host().signal("CONT");
    calmAfter(Instant.now());
  }

  private void partition(String timer) {
    Node leader = leader(timer);
    Instant cut = Instant.now();
    leader.network().cut();
    takeover("partition of " + timer, timer, leader, cut);
    calmWithout(leader);
    leader.network().heal();
    calmAfter(Instant.now());
  }

  private void takeover(String what, String timer, Node old, Instant since) {
    Line first =
        await()
            .atMost(LEASE.multipliedBy(4))
            .until(
                () ->
                    app.runs(timer).stream()
                        .filter(run -> run.pid() != old.pid() && run.at().isAfter(since))
                        .findFirst(),
                Optional::isPresent)
            .orElseThrow();
    takeovers.add(
        "%s: %.1f s".formatted(what, Duration.between(since, first.at()).toMillis() / 1e3));
  }

  /** All timers run in time again, on hosts that are well. */
  private void calmAfter(Instant since) {
    await()
        .atMost(LEASE.multipliedBy(4))
        .untilAsserted(() ->
            assertThat(TIMERS)
                .allSatisfy(timer ->
                    assertThat(app.begun(timer))
                        .filteredOn(run -> run.at().isAfter(since) && !run.pastDue())
                        .hasSizeGreaterThan(2)));
  }

  /** Every timer, the lasting one too, is with other hosts. */
  private void calmWithout(Node absent) {
    Instant since = Instant.now();
    await()
        .atMost(LEASE.multipliedBy(4))
        .until(() ->
            app.lines().stream()
                    .filter(line -> line.at().isAfter(since) && line.pid() != absent.pid())
                    .map(Line::function)
                    .distinct()
                    .count()
                == TIMERS.size() + 1);
  }

  private void judge() {
    var once = TimerVerdict.Counts.of(app.begun("AtMostOnce"));
    var atLeast = TimerVerdict.Counts.of(app.begun("AtLeastOnce"));
    var gaps =
        TimerVerdict.Gaps.of(
            app.lines().stream().filter(line -> line.function().equals("Defaults")).toList(),
            again("Defaults"));
    List<Line> beats =
        app.lines().stream().filter(line -> line.function().equals("Lasting")).toList();
    List<Line> afterPause = beats.stream().filter(this::ofPausedRun).toList();
    Duration overlap =
        TimerVerdict.overlap(beats.stream().filter(beat -> !ofPausedRun(beat)).toList());
    System.out.printf(
        "timer storm: 3 hosts, lease 15 s, %d kill -9, %d SIGSTOP, %d partitions%n"
            + "  atMostOnce, SKIP: %s%n"
            + "  atLeastOnce, RUN_EACH: %s%n"
            + "  defaults: %d gaps of %d instants, %d not covered by one past-due run%n"
            + "  two hosts in one lasting run: %d ms; beats of a paused run after SIGCONT: %d%n"
            + "  takeovers: %s%n",
        KILLS,
        PAUSES,
        PARTITIONS,
        once,
        atLeast,
        gaps.count(),
        gaps.instants(),
        gaps.wrong().size(),
        overlap.toMillis(),
        afterPause.size(),
        String.join("; ", takeovers));
    assertThat(once.twice()).as("atMostOnce, begun twice").isEmpty();
    assertThat(atLeast.never()).as("atLeastOnce, not begun").isEmpty();
    assertThat(gaps.wrong()).as("defaults").isEmpty();
    assertThat(gaps.count()).as("gaps").isPositive();
    assertThat(overlap).as("two hosts in one lasting run").isZero();
    assertThat(afterPause)
        .as("a paused run ends when it goes on")
        .allSatisfy(beat -> assertThat(beat.at()).isBefore(resumed.get(beat.pid()).plusSeconds(1)));
  }

  /** The instants of which a host said that it runs them again. */
  private Set<Instant> again(String function) {
    Pattern said =
        Pattern.compile(
            "Function '" + function + "' may run a second time for its occurrence of (\\S+):");
    return all.stream()
        .flatMap(host -> host.lines().stream())
        .map(said::matcher)
        .filter(Matcher::find)
        .map(line -> Instant.parse(line.group(1)))
        .collect(Collectors.toSet());
  }

  /** True for what a run that was paused past its lease did when it went on. */
  private boolean ofPausedRun(Line beat) {
    Instant since = resumed.get(beat.pid());
    return since != null
        && beat.at().isAfter(since)
        && app.lines().stream()
            .anyMatch(
                line -> line.invocation().equals(beat.invocation()) && line.at().isBefore(since));
  }
}
