package dev.roost.storage.blob;

import com.azure.storage.blob.BlobServiceClient;
import dev.roost.spi.Health;
import dev.roost.spi.HostServices;
import dev.roost.spi.Singletons;
import dev.roost.storage.account.Workers;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches the containers of all blob functions while this host holds the lock for it. The hosts of
 * an app compete; the others stand by.
 */
final class BlobScanner implements Singletons.Candidate {
  /** The official name of the lock. */
  static final String LOCK = "WebJobs.Internal.Blobs.Listener";

  /** Azure's bound. */
  static final int PAGE = 5000;

  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final Duration PERIOD_IN_DEVELOPMENT = Duration.ofSeconds(2);

  private final HostServices host;
  private final InternalQueue queue;
  private final Workers workers;
  private final Collection<BlobFunction> functions;
  private volatile List<ContainerWatch> watches = List.of();

  /**
   * @param workers make calls for all containers
   * @param functions read whenever this host is elected
   */
  BlobScanner(
      HostServices host, InternalQueue queue, Workers workers, Collection<BlobFunction> functions) {
    this.host = host;
    this.queue = queue;
    this.workers = workers;
    this.functions = functions;
  }

  /** A container of an account; accounts are told apart by their address. */
  private record Place(String account, String container) {}

  @Override
  public void elected(Singletons.Tenure tenure) {
    Map<Place, List<BlobFunction>> places = new LinkedHashMap<>();
    for (BlobFunction function : functions) {
      places
          .computeIfAbsent(
              new Place(function.blobs().getAccountUrl(), function.pattern().container()),
              _ -> new ArrayList<>())
          .add(function);
    }
    watches = places.values().stream().map(group -> watch(group, tenure)).toList();
    watches.forEach(ContainerWatch::start);
  }

  private ContainerWatch watch(List<BlobFunction> group, Singletons.Tenure tenure) {
    BlobServiceClient account = group.getFirst().swept();
    String container = group.getFirst().pattern().container();
    ContainerScan scan =
        new ContainerScan(
            new ContainerListing(
                account.getBlobContainerClient(container), commonPrefix(group), PAGE),
            new BlobReceipts(
                account.getBlobContainerClient("azure-webjobs-hosts"), host, container, queue),
            workers,
            new ScanInfo(host, account.getAccountName(), container),
            group);
    return new ContainerWatch(container, scan, period(group), host, tenure);
  }

  /** What all names that any of these functions wants begin with: the rest is never listed. */
  static String commonPrefix(List<BlobFunction> group) {
    String common = group.getFirst().pattern().prefix();
    for (BlobFunction function : group) {
      String other = function.pattern().prefix();
      int same = 0;
      while (same < Math.min(common.length(), other.length())
          && common.charAt(same) == other.charAt(same)) {
        same++;
      }
      common = common.substring(0, same);
    }
    return common;
  }

  private Duration period(List<BlobFunction> group) {
    Duration usual =
        host.development() || isEmulator(group.getFirst().swept()) ? PERIOD_IN_DEVELOPMENT : PERIOD;
    return group.stream()
        .flatMap(function -> function.scanInterval().stream())
        .min(Duration::compareTo)
        .orElse(usual);
  }

  /** An emulator has the account's name in the path of its address. */
  private static boolean isEmulator(BlobServiceClient account) {
    String path = URI.create(account.getAccountUrl()).getPath();
    return path != null && path.length() > 1;
  }

  @Override
  public void deposed() {
    watches.forEach(ContainerWatch::stop);
    watches = List.of();
  }

  /** What the last sweep of each container did; empty while another host scans. */
  Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    watches.forEach(watch -> details.put("container " + watch.name(), watch.last()));
    return details;
  }

  /** The first container that is in trouble. */
  Health health() {
    return watches.stream()
        .map(ContainerWatch::health)
        .filter(health -> health.state() != Health.State.UP)
        .findFirst()
        .orElse(Health.UP);
  }
}
