package dev.roost.host.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.HostServices;
import dev.roost.spi.PlainJson;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps limits beyond the life of a process, in the official document: read once, written every ten
 * seconds if something changed. Limits that were found on other machines are scaled by the cores.
 */
public final class LimitSnapshots {
  private static final Logger LOG = System.getLogger("Host.Concurrency");
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final String FUNCTION = "Host.Functions.";

  private final HostServices host;
  private final int cores;
  private final Supplier<Map<String, Integer>> limits;
  private final Consumer<Map<String, Integer>> restored;
  private Map<String, Integer> last = Map.of();
  private boolean told;

  /**
   * @param limits the moving limits now, by function
   * @param restored told of those of an earlier life
   */
  public LimitSnapshots(
      HostServices host,
      int cores,
      Supplier<Map<String, Integer>> limits,
      Consumer<Map<String, Integer>> restored) {
    this.host = host;
    this.cores = cores;
    this.limits = limits;
    this.restored = restored;
  }

  /** Restores soon and writes from then on; delays nobody. */
  public void start() {
    host.waiter().after(Duration.ZERO, this::restore);
  }

  private void restore() {
    try {
      Optional<String> text = host.stateStore().read(path()).map(document -> document.content());
      if (text.isPresent()) {
        restored.accept(parse(text.get()));
      }
      last = limits.get();
      host.waiter().after(EVERY, this::save);
    } catch (IOException e) {
      failed(e);
      host.waiter().after(EVERY, this::restore);
    }
  }

  private void save() {
    Map<String, Integer> now = limits.get();
    if (!now.equals(last)) {
      try {
        host.stateStore().write(path(), text(now));
        last = now;
      } catch (IOException e) {
        failed(e);
      }
    }
    host.waiter().after(EVERY, this::save);
  }

  private String path() {
    return "azure-webjobs-hosts/concurrency/" + host.hostId() + "/concurrencyStatus.json";
  }

  private void failed(IOException e) {
    LOG.log(
        told ? Level.DEBUG : Level.INFO,
        "The limits found so far can''t be kept beyond this process: {0}",
        Causes.inOneLine(e));
    told = true;
  }

  private Map<String, Integer> parse(String text) {
    Map<String, Integer> found = new HashMap<>();
    try {
      JsonNode root = PlainJson.MAPPER.readTree(text);
      double scale = (double) cores / Math.max(1, root.path("NumberOfCores").asInt(cores));
      for (Map.Entry<String, JsonNode> each : root.path("FunctionSnapshots").properties()) {
        int limit = (int) (each.getValue().path("Concurrency").asInt(1) * scale);
        if (each.getKey().startsWith(FUNCTION)) {
          found.put(each.getKey().substring(FUNCTION.length()), Math.max(1, limit));
        }
      }
    } catch (JsonProcessingException _) {
      LOG.log(Level.WARNING, "{0} is not valid JSON and is written anew", path());
    }
    return found;
  }

  private String text(Map<String, Integer> now) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("Timestamp", host.clock().now().toString());
    root.put("NumberOfCores", cores);
    ObjectNode functions = root.putObject("FunctionSnapshots");
    new TreeMap<>(now)
        .forEach((name, limit) -> functions.putObject(FUNCTION + name).put("Concurrency", limit));
    return root.toString();
  }
}
