package dev.roost.host.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.limit.Breaker;
import dev.roost.host.limit.Climb;
import dev.roost.host.limit.Limit;
import dev.roost.host.limit.LimitOptions;
import dev.roost.host.limit.Rules;
import dev.roost.host.limit.Tokens;
import dev.roost.host.limit.Valve;
import dev.roost.spi.Concurrency;
import dev.roost.spi.HostServices;
import dev.roost.spi.Source;
import dev.roost.spi.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the gate of each source, as host.json wants it, and has the moving ones regulated. */
public final class Admission {
  private static final int FIRST_ANSWERED = 100;

  private final LimitOptions options;
  private final HostServices host;
  private final int cores;
  private final Regulator regulator;
  private final Map<String, Rules> rules = new ConcurrentHashMap<>();
  private final Map<String, Tokens> groups = new ConcurrentHashMap<>();

  /**
   * @param cores of this process
   */
  public Admission(LimitOptions options, HostServices host, int cores) {
    this.options = options;
    this.host = host;
    this.cores = cores;
    Waiter waiter = host.waiter();
    ProcessStrain process = new ProcessStrain(host.clock(), cores, options.cpuThreshold());
    this.regulator = new Regulator(process::measure, cores, host.clock(), waiter);
  }

  /** What the settings of a function say. */
  public Rules rules(String function) {
    return rules.computeIfAbsent(function, name -> Rules.read(host.functionSettings(name)));
  }

  /**
   * The gate of a source.
   *
   * @param functions whom it serves
   * @param answers true when somebody waits for the outcome of each event
   * @param count what the source has to give
   */
  Gate gate(Source source, List<String> functions, boolean answers, SupplyCount.Count count) {
    List<Rules> all = functions.stream().map(this::rules).toList();
    Gate gate = new Gate(limit(source, all, answers), valves(all), host.clock());
    regulator.add(gate, all.stream().mapToDouble(Rules::priority).max().orElse(1), count);
    return gate;
  }

  private Limit limit(Source source, List<Rules> all, boolean answers) {
    int own = all.stream().mapToInt(Rules::most).min().orElse(Integer.MAX_VALUE);
    boolean bounded = source.ceiling().isPresent();
    if (options.concurrency() == Concurrency.STATIC) {
      return new Limit.Fixed(
          Math.min(own, source.concurrency()), "static settings of its extension");
    }
    int most = Math.min(own, source.ceiling().orElse(options.most(answers)));
    if (most <= 1) {
      return new Limit.Fixed(1, "one at a time");
    }
    int least = answers ? Math.min(8 * cores, most) : 1;
    if (bounded) {
      // What the app wrote for itself is the best guess there is.
      return new Climb(most, least, most, most, "its own settings allow no more");
    }
    return new Climb(answers ? FIRST_ANSWERED : first(source), least, most, page(source), "");
  }

  /** Where each poll brings one event it is a batch: as many of those as its settings say. */
  private int first(Source source) {
    boolean batches = source instanceof Source.Pull pull && pull.demand().most() == 1;
    return batches ? Math.min(4 * cores, source.concurrency()) : 4 * cores;
  }

  private static int page(Source source) {
    return source instanceof Source.Pull pull ? pull.demand().least() : 1;
  }

  private List<Valve> valves(List<Rules> all) {
    List<Valve> valves = new ArrayList<>();
    for (Rules each : all) {
      each.breaker().map(Breaker::new).ifPresent(valves::add);
      if (each.perSecond() > 0) {
        valves.add(new Tokens(each.perSecond()));
      }
      if (!each.group().isEmpty()) {
        valves.add(groups.computeIfAbsent(each.group(), this::group));
      }
    }
    return valves.stream().distinct().toList();
  }

  private Tokens group(String name) {
    ObjectNode group = host.roost("rateGroups");
    return new Tokens(group.path(name).path("eventsPerSecond").asDouble(Integer.MAX_VALUE));
  }
}
