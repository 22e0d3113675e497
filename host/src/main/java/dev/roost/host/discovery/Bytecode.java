package dev.roost.host.discovery;

import io.github.classgraph.ClassGraph;
import io.github.classgraph.ClassInfo;
import io.github.classgraph.ClassInfoList;
import io.github.classgraph.MethodInfo;
import io.github.classgraph.ScanResult;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes of an app as bytecode: exactly its own jars and folders are read, neither the host's
 * class path nor what a manifest's {@code Class-Path} names (following those costs half a second).
 * Nothing is loaded. To be closed.
 */
final class Bytecode implements AutoCloseable {
  private final List<File> classPath;
  private final ScanResult scan;

  /** Reads every class. */
  static Bytecode of(List<Path> classPath) {
    return new Bytecode(classPath, graph(classPath));
  }

  /** Reads the classes of these names only. */
  static Bytecode of(List<Path> classPath, Set<String> classNames) {
    return new Bytecode(
        classPath, graph(classPath).acceptClasses(classNames.toArray(String[]::new)));
  }

  private Bytecode(List<Path> classPath, ClassGraph graph) {
    this.classPath = classPath.stream().map(Path::toFile).toList();
    this.scan = graph.scan();
  }

  private static ClassGraph graph(List<Path> classPath) {
    return new ClassGraph()
        .overrideClasspath(classPath)
        .acceptJars(
            classPath.stream().map(path -> path.getFileName().toString()).toArray(String[]::new))
        .disableNestedJarScanning()
        .disableModuleScanning()
        .disableRuntimeInvisibleAnnotations()
        .enableAnnotationInfo()
        .enableMethodInfo()
        .ignoreClassVisibility()
        .ignoreMethodVisibility();
  }

  /** The methods that carry an annotation themselves; the compiler's bridges are left out. */
  Stream<MethodInfo> methodsWith(String annotation) {
    return scan.getClassesWithMethodAnnotation(annotation).stream()
        .filter(this::isOwn)
        .flatMap(type -> type.getDeclaredMethodInfo().stream())
        .filter(method -> !method.isBridge() && !method.isSynthetic())
        .filter(method -> method.hasAnnotation(annotation));
  }

  /** The methods of this name in a class, bridges left out. */
  List<MethodInfo> methods(EntryPointName entryPoint) {
    return entryPoint.classNames().stream()
        .map(scan::getClassInfo)
        .filter(type -> type != null && !type.isExternalClass())
        .flatMap(type -> type.getDeclaredMethodInfo(entryPoint.method()).stream())
        .filter(method -> !method.isBridge() && !method.isSynthetic())
        .toList();
  }

  /** The name of a class in source: {@code Outer.Inner} for a nested one. */
  static String canonicalName(ClassInfo type) {
    ClassInfoList outers = type.getOuterClasses();
    String name = type.getName();
    String outer =
        outers.getNames().stream()
            .filter(candidate -> name.startsWith(candidate + "$"))
            .collect(Collectors.maxBy((a, b) -> a.length() - b.length()))
            .orElse("");
    if (outer.isEmpty()) {
      return name;
    }
    ClassInfo outerType = outers.get(outer);
    return canonicalName(outerType) + "." + name.substring(outer.length() + 1);
  }

  private boolean isOwn(ClassInfo type) {
    return classPath.contains(type.getClasspathElementFile());
  }

  @Override
  public void close() {
    scan.close();
  }
}
