package dev.roost.host.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the process on SIGTERM and SIGINT after the host has drained, with exit code 0. A shutdown
 * hook would give 143, or cut off the user code's own hooks; a signal handler gives neither. The
 * JDK's class for it is called by name because the compiler warns about every mention.
 */
final class Signals {
  private Signals() {}

  /** Stops and ends the process with 0. */
  static void onTermination(Runnable stop) {
    handle(() -> end(stop), stop);
  }

  /** Only tells; whoever runs the command ends it. */
  static void tell(Runnable told) {
    handle(told, told);
  }

  private static void handle(Runnable told, Runnable hook) {
    AtomicBoolean ending = new AtomicBoolean();
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      if (ending.compareAndSet(false, true)) {
                        told.run();
                      }
                      yield null;
                    }
                    case "equals" ->
                        System.identityHashCode(self) == System.identityHashCode(args[0]);
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "SIGTERM handler";
                  });
      for (String name : new String[] {"TERM", "INT"}) {
        Object named = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, named, proxy);
      }
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      // A JVM without jdk.unsupported: a hook drains as well, only the exit code is 143.
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(hook));
    }
  }

  /** A second signal while draining is ignored: kill -9 is there for the impatient. */
  private static void end(Runnable stop) {
    Thread.ofPlatform()
        .name("roost-stop")
        .start(() -> {
          int code = Main.NO_START;
          try {
            stop.run();
            code = 0;
          } finally {
            System.exit(code);
          }
        });
  }
}
