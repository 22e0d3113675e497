package dev.roost.host.app;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of one app. It shows the JDK, then the API that functions and host share (the
 * host's copy, even where the app brings another), then the app's own jars. Nothing else of the
 * host can be seen through it, so the app's own Jackson, Netty or SLF4J is the one it gets.
 *
 * <p>Gson is part of the API because user values are converted with it and upstream shares it too:
 * {@code @SerializedName} works only when both sides mean the same class.
 */
final class AppClassLoader extends URLClassLoader {
  private static final String ANNOTATIONS = "com.microsoft.azure.functions.annotation.";

  /** The packages, below which the host's copy of a class is used. */
  private static final List<String> API =
      List.of("com.microsoft.azure.functions.", "com.google.gson.", "dev.roost.annotations.");

  /** Packages of the JDK that the platform class loader does not have, jdk.compiler's and such. */
  private static final Set<String> TOOLS =
      ModuleLayer.boot().modules().stream()
          .filter(module -> ClassLoader.getSystemClassLoader().equals(module.getClassLoader()))
          .filter(module -> module.getName().startsWith("jdk."))
          .flatMap(module -> module.getPackages().stream())
          .collect(Collectors.toUnmodifiableSet());

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader host;
  private final boolean ownAnnotations;

  AppClassLoader(String name, List<URL> classPath, ClassLoader host) {
    super(name, classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    this.host = host;
    this.ownAnnotations = findResource(path(ANNOTATIONS) + "FunctionName.class") != null;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> shared = shared(name);
      if (shared != null) {
        return shared;
      }
      return super.loadClass(name, resolve);
    }
  }

  /** The host's class of this name, or null when it is not of the API or the host lacks it. */
  private @Nullable Class<?> shared(String name) {
    if (!isApi(name) && !isTool(name)) {
      return null;
    }
    try {
      return host.loadClass(name);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private boolean isApi(String name) {
    return API.stream().anyMatch(name::startsWith)
        && !(ownAnnotations && name.startsWith(ANNOTATIONS));
  }

  private static boolean isTool(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && TOOLS.contains(name.substring(0, dot));
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL shared = isApi(name.replace('/', '.')) ? host.getResource(name) : null;
    return shared != null ? shared : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    if (isApi(name.replace('/', '.'))) {
      Enumeration<URL> shared = host.getResources(name);
      if (shared.hasMoreElements()) {
        return shared;
      }
    }
    return super.getResources(name);
  }

  private static String path(String packageName) {
    return packageName.replace('.', '/');
  }
}
