package dev.roost.storage.blob;

import dev.roost.spi.BindingException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/**
 * Classes of an app, called by reflection.
 *
 * @param loader the app's
 */
record Foreign(ClassLoader loader) {

  /** Something that an app's class does. */
  private interface Step {
    Object run() throws ReflectiveOperationException;
  }

  /**
   * Checks that a class is there, and does not initialise it.
   *
   * @param library what brings it
   * @throws BindingException when it is not
   */
  void required(String name, String library) throws BindingException {
    try {
      Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError _) {
      throw new BindingException(
          "type",
          "the app does not bring " + name,
          "Add " + library + " and what it depends on to the app's lib.");
    }
  }

  Class<?> type(String name) throws IOException {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IOException("the app does not bring " + name, e);
    }
  }

  /** A new instance. */
  Object make(String name) throws IOException {
    Class<?> type = type(name);
    return step("make a " + name, () -> type.getConstructor().newInstance());
  }

  /** The answer of a method without parameters. */
  Object call(Object target, String method) throws IOException {
    return step(method, () -> target.getClass().getMethod(method).invoke(target));
  }

  /** The answer of a method that takes a text. */
  Object call(Object target, String method, String argument) throws IOException {
    return call(target, method, String.class, argument);
  }

  /** The answer of a method that takes one value. */
  Object call(Object target, String method, Class<?> type, Object argument) throws IOException {
    return step(method, () -> target.getClass().getMethod(method, type).invoke(target, argument));
  }

  /** What the app's code sees as its own loader is its own, as during a call of a function. */
  private Object step(String what, Step step) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return step.run();
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "the app's Azure SDK failed in %s: %s".formatted(what, cause.getClass().getName()),
          cause);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IOException(
          "the app's Azure SDK can't be used (%s: %s); use matching versions of its parts"
              .formatted(what, e),
          e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
