package dev.roost.host.log;

/**
 * Which invocation a line of log belongs to.
 *
 * @param function the function's name
 * @param invocationId the id that the user's code sees
 */
public record InvocationScope(String function, String invocationId) {
  /** Bound on the invocation's own thread while its user code runs. */
  public static final ScopedValue<InvocationScope> CURRENT = ScopedValue.newInstance();
}
