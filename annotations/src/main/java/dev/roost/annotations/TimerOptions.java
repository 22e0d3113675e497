package dev.roost.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a timer wants beyond its schedule, beside {@code @TimerTrigger} on the same parameter or on
 * its method. Each attribute may also stand in function.json, or in the function's own section of
 * host.json, which comes first. Time spans are written {@code hh:mm:ss}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER})
public @interface TimerOptions {

  /**
   * The zone in which the schedule is meant: an IANA name or a Windows name. Without it the app's
   * {@code WEBSITE_TIME_ZONE} holds, then {@code TZ}, then the machine's zone.
   */
  String timeZone() default "";

  /** Whether the function also runs once when its host begins to listen. */
  boolean runOnStartup() default false;

  /** Whether anything is remembered between runs: without it, what is missed is forgotten. */
  boolean useMonitor() default true;

  /** What becomes of occurrences that nobody ran at their instant. */
  Missed missed() default Missed.RUN_ONCE;

  /** With {@link Missed#RUN_EACH}, how many are made up for: the latest ones. */
  int maxMissed() default 100;

  /** An occurrence later than this time span does not run at all. */
  String onlyWithin() default "";

  /** A run that begins later than this after its instant is told as past due. */
  String lateAfter() default "00:00:01";

  /**
   * An occurrence that no host has begun so long after its instant is told as missed in the log.
   */
  String missedAfter() default "00:01:00";

  /**
   * An http or https URL that is told of missed occurrences by a POST, or {@code %SETTING%}.
   * Without it {@code roost.timers.missedWebhook} of host.json holds.
   */
  String missedWebhook() default "";

  /** What becomes of an occurrence that another host began and did not end. */
  Guarantee guarantee() default Guarantee.AT_LEAST_ONCE;

  /** How missed occurrences are made up for. */
  enum Missed {
    /** One run for all of them, named after the first. */
    RUN_ONCE,
    /** None. */
    SKIP,
    /** One run for each, in order. */
    RUN_EACH
  }

  /** How often an occurrence may begin when hosts die. */
  enum Guarantee {
    /** It runs again, as past due. */
    AT_LEAST_ONCE,
    /** It does not run again. */
    AT_MOST_ONCE
  }
}
