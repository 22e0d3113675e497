package dev.roost.host.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one source has to do, as whoever decides how many hosts run wants to know it.
 *
 * @param functions the functions that it serves
 * @param places the queues that it counted; empty when its events come from elsewhere
 * @param waiting events that wait or run, on any host, as far as the places can tell
 * @param inFlight events that this host has fetched and not settled
 * @param oldest the age of the oldest event that can be seen
 * @param perHost how many of its events one host runs at once
 * @param untilDue to its own next event, negative when that is overdue; empty when it makes none
 * @param needsOneHost why one host has to run whatever waits; empty when none has to
 */
public record Volume(
    List<String> functions,
    List<String> places,
    long waiting,
    int inFlight,
    Optional<Duration> oldest,
    int perHost,
    Optional<Duration> untilDue,
    Optional<String> needsOneHost) {

  /**
   * How many hosts this source asks for: the official target, {@code ceil(waiting / perHost)}
   * (WebJobs SDK, QueueTargetScaler), and one while its own event is due within {@code lead} or
   * when it needs one anyhow.
   */
  public long desired(Duration lead) {
    long target = Math.ceilDiv(waiting, (long) Math.max(1, perHost));
    boolean soon = untilDue.filter(until -> until.compareTo(lead) <= 0).isPresent();
    return Math.max(target, soon || needsOneHost.isPresent() ? 1 : 0);
  }
}
