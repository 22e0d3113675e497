package dev.roost.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets at most one call of a function run at a time, over all hosts of the app; the others wait.
 * The lock is a lease: when it is lost, because storage can't be reached, the running call is
 * interrupted. Each attribute may also stand in function.json, on the trigger, or in the function's
 * own section of host.json, which comes first, as {@code singleton} and {@code waitLimit}.
 *
 * <p>On Azure Functions, whose Java library knows no singletons, it has no effect.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Singleton {

  /**
   * A binding expression, such as <code>{customerId}</code>: one call at a time for each of its
   * values. Empty for one call of the whole function.
   */
  String value() default "";

  /**
   * How long a call waits for its turn, as {@code hh:mm:ss}; then it is given up and its event goes
   * back to where it came from. Empty to wait as long as it takes.
   */
  String waitLimit() default "";
}
