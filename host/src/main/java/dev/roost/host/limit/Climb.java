package dev.roost.host.limit;

import org.jspecify.annotations.Nullable;

/**
 * Climbs the throughput curve of one function: doubles while each doubling brings more good events
 * a second, then tries a step up or down now and then and keeps whichever pays. A step pays when
 * throughput changes by more than a small part ({@link #PRICE}) of what is in flight changes, so
 * that it stops where more in flight only adds latency. A doubling that seems not to pay is
 * measured twice, and the level that is chosen instead must do as much. Below one page of the
 * source, where fewer in flight make each fetch dearer, and below what the app asked for, only more
 * throughput pays. Steps are tried only while events wait: a limit that is not used says nothing,
 * and one of which hardly anything waits is left alone. While a great deal waits, a function of
 * which nothing has ended yet rises faster. Windows are compared that follow one another, so that a
 * slow drift of the function's own cost cancels out. Not safe for use by many threads.
 */
public final class Climb implements Limit {
  /** How much throughput, in parts of its logarithm, a step must bring for each part of limit. */
  private static final double PRICE = 0.06;

  /** A doubling that brings this much of what it adds is followed by the next at once. */
  private static final double STEEP = 0.5;

  private static final double RISE = 2;
  private static final double BLIND_RISE = 1.5;

  /** The same while far more wait than run. */
  private static final double PLENTY_RISE = 2.5;

  private static final double FASTER = 1.6;

  private static final double SWINGS = 0.05;
  private static final double CLEARLY = 2.5;

  /** A step is so many times as large as what the rate swings by itself. */
  private static final double TELLING = 6;

  private static final double USED = 0.7;
  private static final double FAILURE_JUMP = 0.1;
  private static final double FAILURE_CUT = 0.7;
  private static final double NEWS = 0.2;

  /** Fewer completions than this say nothing of a window. */
  private static final int SOME = 4;

  /** Seconds. */
  private static final double SHORTEST = 0.2;

  private static final double LONGEST = 2;

  private enum Phase {
    RISING,
    SETTLED,
    TRYING_UP,
    TRYING_DOWN
  }

  private final int least;
  private final int most;
  private final int preferred;
  private final String asMuch;
  private double limit;

  /** The limit before the last step. */
  private double home;

  private Phase phase = Phase.RISING;
  private Window window = new Window();
  private @Nullable Window base;

  /** True when a step up did not seem to pay and is measured again. */
  private boolean doubted;

  /** The one in which most ended a second. */
  private @Nullable Window best;

  private double unsettled;
  private final Trial up = new Trial(2 * SHORTEST, 2 * LONGEST);
  private final Trial down = new Trial(2 * SHORTEST, 4 * LONGEST);
  private int ups;
  private boolean fell;

  /** True after a step down that took long not to pay: while it is told slowly, they take turns. */
  private boolean upNext;

  private int unused;
  private Observation.Ceiling ceiling = Observation.Ceiling.NONE;
  private Supply supply = Supply.UNKNOWN;
  private String why = "rising while each step brings more";
  private Reason reason = Reason.RISING;

  /**
   * @param first where it begins
   * @param least never less, at least 1
   * @param most never more
   */
  public Climb(int first, int least, int most) {
    this(first, least, most, 1, "");
  }

  /**
   * @param preferred fewer than that must bring more, and are not chosen for latency alone: as many
   *     as one fetch brings, or as the app asked for; 1 where it makes no difference
   * @param whyMost who says {@code most}, for people; empty for the host
   */
  public Climb(int first, int least, int most, int preferred, String whyMost) {
    this.asMuch = whyMost.isEmpty() ? "as much as is allowed" : whyMost;
    this.least = least;
    this.most = most;
    this.preferred = preferred;
    this.limit = Math.clamp(first, least, most);
    this.home = limit;
  }

  @Override
  public int current() {
    return Math.clamp(Math.round(limit), 1, bound());
  }

  @Override
  public void raise(int found) {
    if (phase == Phase.RISING && found > limit && found <= most) {
      limit = found;
      home = found;
      base = null;
      window = new Window();
    }
  }

  private int bound() {
    return Math.max(1, Math.min(most, ceiling.most()));
  }

  @Override
  public boolean moves() {
    return true;
  }

  @Override
  public String why() {
    return Math.round(limit) >= ceiling.most() ? ceiling.why() : why;
  }

  @Override
  public Reason reason() {
    return Math.round(limit) >= ceiling.most() ? Reason.SHARE : reason;
  }

  private void because(Reason next, String words) {
    reason = next;
    why = words;
  }

  @Override
  public void observe(Observation observation) {
    obey(observation);
    supply = observation.supply();
    up.pass(observation.seconds());
    down.pass(observation.seconds());
    if (unsettled > 0) {
      // What ends now began under another limit.
      unsettled -= observation.seconds();
      return;
    }
    window.add(observation);
    if (says()) {
      Window seen = window;
      window = new Window();
      judge(seen);
    }
  }

  /** A level that is not used now is kept for later: others' overload says nothing of it. */
  private void obey(Observation observation) {
    ceiling = observation.ceiling();
    boolean used = observation.occupied() >= USED * bound() * observation.seconds();
    if (limit > bound() && used) {
      limit = bound();
      home = limit;
      phase = Phase.SETTLED;
      base = null;
    }
  }

  /** True when the window is exact enough, or has lasted long enough. */
  private boolean says() {
    double latency = window.meanLatency();
    boolean rising = phase == Phase.RISING;
    double longest = rising ? LONGEST / 2 : Math.clamp(3 * latency, LONGEST, 4 * LONGEST);
    double shortest = Math.max(doubted ? LONGEST / 2 : rising ? SHORTEST : 2 * SHORTEST, latency);
    return window.seconds() >= longest
        || isClear(latency)
        || (window.seconds() >= shortest
            && window.completions() >= Math.max(10, limit / 2)
            && window.error() <= (rising ? 0.08 : 0.01));
  }

  /** True when no more is needed to know what a step does. */
  private boolean isClear(double latency) {
    if (base == null || (phase != Phase.TRYING_UP && phase != Phase.TRYING_DOWN)) {
      return false;
    }
    double gain = Math.log(window.rate() / base.rate());
    double step = Math.log(window.inFlight() / base.inFlight());
    return window.seconds() >= Math.max(LONGEST / 2, 3 * latency)
        && window.completions() >= Math.max(10, limit / 2)
        && Math.abs(gain - PRICE * step) > CLEARLY * doubt(base, window);
  }

  private void judge(Window seen) {
    if (seen.inFlight() < USED * current()) {
      idle();
      return;
    }
    if (unused > 2) {
      // What arrives has grown: look for the right level anew, from here.
      phase = Phase.RISING;
      base = null;
    }
    unused = 0;
    if (seen.completions() < SOME) {
      riseBlindly(seen);
      return;
    }
    if (best == null || seen.completionRate() > best.completionRate()) {
      best = seen;
    }
    if (base != null && phase != Phase.TRYING_UP && failsMore(seen, base)) {
      cut(seen);
      return;
    }
    switch (phase) {
      case RISING -> rise(seen);
      case SETTLED -> settled(seen);
      case TRYING_UP, TRYING_DOWN -> tried(seen);
    }
  }

  /** Nothing is learned of a limit that is not used. */
  private void idle() {
    unused++;
    if (phase == Phase.TRYING_UP || phase == Phase.TRYING_DOWN) {
      phase = Phase.SETTLED;
    }
    base = null;
    because(Reason.VOLUME, "fewer arrive than may run");
  }

  private static boolean failsMore(Window seen, Window base) {
    return seen.failures() >= 5 && seen.failureRatio() > base.failureRatio() + FAILURE_JUMP;
  }

  private void cut(Window seen) {
    settle(limit * FAILURE_CUT, seen, Reason.FAILURES, "failures or throttles rose");
    up.failed();
  }

  /** Functions that take long say nothing for long, and cost nothing meanwhile. */
  private void riseBlindly(Window seen) {
    Window before = best;
    if (before != null && hasStopped(before, seen)) {
      best = null;
      settle(before.inFlight(), seen, Reason.LATENCY, "with more in flight hardly any ended");
    } else if (phase == Phase.RISING && !ceiling.strained()) {
      base = null;
      move(limit * (supply.isPlenty(limit) ? PLENTY_RISE : BLIND_RISE), seen);
      because(Reason.RISING, "rising: few have ended yet");
    }
  }

  /** True when with fewer in flight many would have ended in this time. */
  private static boolean hasStopped(Window before, Window seen) {
    return seen.inFlight() > before.inFlight()
        && before.completionRate() * seen.seconds() > 3 * SOME;
  }

  private void rise(Window seen) {
    Window before = base;
    base = seen;
    if (limit >= bound()) {
      settle(limit, seen, Reason.CEILING, asMuch);
    } else if (before == null || limit < preferred || isSteep(before, seen)) {
      boolean slow = seen.meanLatency() > LONGEST / 2;
      double blind = supply.isPlenty(seen.rate()) ? PLENTY_RISE : BLIND_RISE;
      move(limit * (slow ? Math.min(RISE, blind) : RISE), seen);
      because(Reason.RISING, "rising while each step brings more");
    } else if (!doubted) {
      // What follows a step at once may be its doing: a level that is given up is measured twice.
      doubted = true;
      base = before;
    } else {
      // Below its knee throughput is proportional, beyond it flat: the knee is where both meet.
      double knee = before.inFlight() * Math.clamp(seen.rate() / before.rate(), 1, RISE);
      settle(knee * 1.05, seen, Reason.LATENCY, "more in flight only adds latency");
      // A guess, which must do as much as what is given up for it.
      phase = Phase.TRYING_DOWN;
      base = seen;
    }
  }

  private void settle(double level, Window seen, Reason cause, String words) {
    phase = Phase.SETTLED;
    base = null;
    ups = 0;
    up.renew();
    down.renew();
    move(level, seen);
    because(cause, words);
  }

  private void settled(Window seen) {
    Window before = base;
    base = seen;
    if (before != null && Math.abs(Math.log(seen.rate() / before.rate())) > NEWS) {
      up.renew();
      down.renew();
    }
    if (supply.isLittle(seen.inFlight(), seen.rate())) {
      because(Reason.VOLUME, "too few wait to try another level");
      return;
    }
    boolean canRise = limit < bound() && !ceiling.strained() && up.isDue();
    boolean canFall =
        Math.round(limit) > least
            && down.isDue()
            && !(fell && limit < Math.min(preferred, bound()));
    if (canRise && (ups > 0 || !canFall || upNext)) {
      phase = Phase.TRYING_UP;
      fell = false;
      // Where rates swing, only a large step tells.
      double stride = seen.swing() > SWINGS ? TELLING * seen.swing() : up.stride();
      double step = Math.min(RISE - 1, stride * Math.pow(FASTER, ups));
      move(Math.max(limit * (1 + step), Math.rint(limit) + 1), seen);
    } else if (canFall) {
      phase = Phase.TRYING_DOWN;
      move(Math.min(limit / (1 + down.stride()), Math.rint(limit) - 1), seen);
    }
  }

  private void tried(Window seen) {
    Window before = base;
    boolean upwards = phase == Phase.TRYING_UP;
    phase = Phase.SETTLED;
    Trial trial = upwards ? up : down;
    if (before != null && pays(before, seen)) {
      trial.renew();
      ups = upwards ? ups + 1 : 0;
      fell = !upwards;
      because(Reason.STEP, upwards ? "a step up brought more" : "a step down cost nothing");
      settled(seen);
      return;
    }
    base = null;
    ups = 0;
    upNext = !upwards && seen.seconds() >= Math.max(LONGEST, 5 * seen.meanLatency());
    trial.failed();
    move(home, seen);
    because(
        Reason.LATENCY,
        upwards ? "more in flight only adds latency" : "fewer in flight would do less");
  }

  private void move(double next, Window seen) {
    home = limit;
    doubted = false;
    limit = Math.clamp(next, least, bound());
    if (Math.round(limit) != Math.round(home)) {
      double longest = phase == Phase.RISING ? LONGEST / 4 : LONGEST / 2;
      unsettled = Math.clamp(1.2 * seen.meanLatency(), 0.1, longest);
    }
  }

  private boolean pays(Window before, Window after) {
    double gain = Math.log(after.rate() / before.rate());
    double step = Math.log(after.inFlight() / before.inFlight());
    // What can't be told from chance is no reason to do less.
    double doubt = doubt(before, after);
    double margin = step > 0 ? 0 : doubt > 0.03 ? 2 * doubt : doubt / 3;
    double price = Math.min(home, limit) < preferred ? 0 : PRICE;
    return gain > price * step + margin;
  }

  /** True unless the rate clearly grew by less than {@link #STEEP} of what is in flight. */
  private static boolean isSteep(Window before, Window after) {
    double step = Math.log(after.inFlight() / before.inFlight());
    double gain = Math.log(after.rate() / before.rate());
    return step <= 0.05 || gain + doubt(before, after) >= STEEP * step;
  }

  private static double doubt(Window before, Window after) {
    return Math.hypot(
        Math.max(before.error(), before.swing()), Math.max(after.error(), after.swing()));
  }
}
