package dev.roost.host.launch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Lets code outside of modules, the app's too, use native libraries without the JVM's warning, as
 * {@code Enable-Native-Access: ALL-UNNAMED} in the manifest would from the beginning. It comes
 * later because Netty, where it finds native access allowed while it is initialised, links the
 * allocator of the C library to itself, which takes an eighth of a start.
 */
public final class NativeAccess {
  /** What the JVM calls for the manifest's entry; {@code Add-Opens} of the same file reaches it. */
  private static final String OF_THE_JDK = "implAddEnableNativeAccessToAllUnnamed";

  private NativeAccess() {}

  /** From now on. On a JDK that does it in another way, the JVM warns at the first use. */
  public static void allow() {
    try {
      Method allow = Module.class.getDeclaredMethod(OF_THE_JDK);
      if (allow.trySetAccessible()) {
        allow.invoke(null);
      }
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      Logger log = System.getLogger("Host.Startup");
      log.log(Level.DEBUG, "Native access is not allowed by the host", e);
    }
  }
}
