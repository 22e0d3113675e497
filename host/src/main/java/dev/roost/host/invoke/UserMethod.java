package dev.roost.host.invoke;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.roost.spi.BindingException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * The user's method behind a handle, and where the object comes from that it is called on: an
 * injector, or the no-argument constructor anew for every call.
 */
final class UserMethod {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final MethodType FACTORY = MethodType.methodType(Object.class);

  private final MethodHandle handle;
  private final @Nullable Instances instances;

  private UserMethod(MethodHandle handle, @Nullable Instances instances) {
    this.handle = handle;
    this.instances = instances;
  }

  /** Makes the object of one call. */
  private interface Instances {
    Object next() throws Exception;
  }

  static UserMethod of(EntryPoint entry, AppServices app) throws BindingException {
    Method method = entry.method();
    method.setAccessible(true);
    MethodHandle direct = unreflect(method);
    boolean isStatic = Modifier.isStatic(method.getModifiers());
    MethodHandle spread =
        direct
            .asFixedArity()
            .asType(direct.type().generic())
            .asSpreader(Object[].class, method.getParameterCount());
    return isStatic
        ? new UserMethod(MethodHandles.dropArguments(spread, 0, Object.class), null)
        : new UserMethod(spread, instances(entry.type(), method, app));
  }

  /**
   * Calls the method.
   *
   * @param arguments of the parameters' types
   * @throws InvocationTargetException around everything that the user's constructor or method
   *     throws, as reflection does: middlewares look at its cause
   * @throws Exception what an injector throws, as it is
   */
  @Nullable Object call(@Nullable Object[] arguments) throws Exception {
    Object receiver = instances == null ? null : instances.next();
    try {
      return (Object) handle.invokeExact(receiver, arguments);
    } catch (Throwable e) {
      // One of the three catch-alls: user code may throw anything, errors included.
      throw new InvocationTargetException(e);
    }
  }

  private static Instances instances(Class<?> type, Method method, AppServices app)
      throws BindingException {
    return app.injector().isPresent()
        ? injected(app.injector().get(), type, method)
        : constructed(type);
  }

  private static Instances injected(
      FunctionInstanceInjector injector, Class<?> type, Method method) {
    return () -> {
      Object instance = injector.getInstance(type);
      // Of the method's class, not of the asked one: some injectors give a common base.
      if (!method.getDeclaringClass().isInstance(instance)) {
        throw new IllegalStateException(
            "The injector "
                + injector.getClass().getName()
                + " gave "
                + (instance == null ? "null" : "a " + instance.getClass().getName())
                + " for "
                + type.getName());
      }
      return instance;
    };
  }

  private static Instances constructed(Class<?> type) throws BindingException {
    String remedy =
        "Give the class a public constructor without parameters, or bring a"
            + " FunctionInstanceInjector.";
    if (Modifier.isAbstract(type.getModifiers())) {
      throw new BindingException(
          "entryPoint",
          type.getName() + (type.isInterface() ? " is an interface" : " is abstract"),
          "Name a class that can be made, or make the method static.");
    }
    if (type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers())) {
      throw new BindingException(
          "entryPoint", type.getName() + " is an inner class", "Make the class static.");
    }
    Constructor<?> constructor;
    try {
      constructor = type.getDeclaredConstructor();
    } catch (NoSuchMethodException _) {
      throw new BindingException(
          "entryPoint", type.getName() + " has no constructor without parameters", remedy);
    }
    if (Modifier.isPrivate(constructor.getModifiers())) {
      throw new BindingException(
          "entryPoint", "the constructor of " + type.getName() + " is private", remedy);
    }
    constructor.setAccessible(true);
    MethodHandle factory = unreflect(constructor).asType(FACTORY);
    return () -> {
      try {
        return (Object) factory.invokeExact();
      } catch (Throwable e) {
        // The user's code too.
        throw new InvocationTargetException(e);
      }
    };
  }

  private static MethodHandle unreflect(Method method) {
    try {
      return LOOKUP.unreflect(method);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " was made accessible", e);
    }
  }

  private static MethodHandle unreflect(Constructor<?> constructor) {
    try {
      return LOOKUP.unreflectConstructor(constructor);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(constructor + " was made accessible", e);
    }
  }
}
