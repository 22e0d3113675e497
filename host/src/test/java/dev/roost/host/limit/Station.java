package dev.roost.host.limit;

import java.util.PriorityQueue;

/**
 * Serves all jobs at once, each at the same speed, which depends on how many there are and on the
 * time. A job of {@code work} seconds ends when it has got that much.
 */
final class Station {
  /** How fast each of {@code jobs} advances at a time; 1 is undisturbed. */
  interface Speed {
    double each(int jobs, double time);
  }

  private record Due(double target, long order, Runnable then) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTarget = Double.compare(target, other.target);
      return byTarget != 0 ? byTarget : Long.compare(order, other.order);
    }
  }

  /** Cores that its jobs occupy; 0 for a station outside the process. */
  private final int cores;

  private final Speed speed;
  private double runnable;
  private double busy;
  private final PriorityQueue<Due> jobs = new PriorityQueue<>();
  private double done;
  private long order;

  Station(Speed speed) {
    this(0, speed);
  }

  private Station(int cores, Speed speed) {
    this.cores = cores;
    this.speed = speed;
  }

  /** Nobody waits for anybody. */
  static Station delay() {
    return new Station((jobs, time) -> 1);
  }

  /** Cores that are shared; each runnable job beyond them costs a little for switching. */
  static Station cpu(int cores) {
    return new Station(
        cores,
        (jobs, time) ->
            jobs <= cores ? 1 : (double) cores / jobs / (1 + 0.001 * Math.min(200, jobs - cores)));
  }

  /** Serves {@code knee} at full speed and no more of them with more. */
  static Station knee(int knee) {
    return new Station((jobs, time) -> jobs <= knee ? 1 : (double) knee / jobs);
  }

  /** As {@link #knee}, and loses capacity beyond it. */
  static Station collapsing(int knee) {
    return new Station(
        (jobs, time) -> jobs <= knee ? 1 : (double) knee / jobs / (1 + 1.0 * (jobs - knee) / knee));
  }

  boolean isCpu() {
    return cores > 0;
  }

  /** Runnable jobs for each core since the last call, and the part of the cores in use. */
  double[] load(double seconds) {
    double[] load = {runnable / seconds / cores, busy / seconds / cores};
    runnable = 0;
    busy = 0;
    return load;
  }

  void add(double work, Runnable then) {
    jobs.add(new Due(done + work, order++, then));
  }

  /** When the next job ends if nothing changes; infinity when there is none. */
  double next(double now) {
    Due first = jobs.peek();
    return first == null
        ? Double.POSITIVE_INFINITY
        : now + Math.max(0, first.target() - done) / speed.each(jobs.size(), now);
  }

  void advance(double from, double to) {
    runnable += (to - from) * jobs.size();
    busy += (to - from) * Math.min(cores, jobs.size());
    if (!jobs.isEmpty()) {
      done += (to - from) * speed.each(jobs.size(), from);
    }
  }

  /** Ends the job that is due. */
  void finish() {
    Due first = jobs.remove();
    done = Math.max(done, first.target());
    first.then().run();
  }
}
