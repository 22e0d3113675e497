package dev.roost.host.blackbox;

/**
 * What a storm of kills cost one function.
 *
 * @param what its events, for people
 * @param fed how many there were
 * @param lost how many never had their effect
 * @param poisoned how many are in the poison queue
 * @param runs begun by all hosts together
 * @param duplicates runs beyond the first of an event
 * @param inFlight what a kill could make run again: runs that a killed host had begun and not
 *     settled, and blobs that a killed scanner had enqueued and perhaps not noted
 */
record Toll(
    String what, int fed, int lost, int poisoned, long runs, long duplicates, long inFlight) {

  @Override
  public String toString() {
    return "%d %s, %d runs, %d in flight at the kills, %d duplicates, %d lost, %d in poison"
        .formatted(fed, what, runs, inFlight, duplicates, lost, poisoned);
  }
}
