package dev.roost.host.app;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.roost.annotations.PermanentFailureException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A user jar made at test time from Java source, so that a test can show what is in it. */
public final class TestJar {
  private static final String IMPORTS =
      """
      import com.microsoft.azure.functions.*;
      import com.microsoft.azure.functions.annotation.*;
      import java.util.*;
      """;

  /** What a function author compiles against. */
  private static final List<Path> API =
      Stream.of(
              ExecutionContext.class,
              FunctionName.class,
              FunctionInstanceInjector.class,
              PermanentFailureException.class)
          .map(type -> Path.of(URI.create(location(type))))
          .toList();

  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> resources = new LinkedHashMap<>();
  private final List<Path> classPath = new ArrayList<>();
  private final Manifest manifest = new Manifest();

  public TestJar() {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
  }

  /** A class in a package, with the usual imports; {@code body} is the whole type declaration. */
  public TestJar type(String name, String body) {
    String packageName = name.substring(0, name.lastIndexOf('.'));
    sources.put(name, "package " + packageName + ";\n" + IMPORTS + body);
    return this;
  }

  /** The class {@code app.Functions} with these methods. */
  public static TestJar functions(String methods) {
    return new TestJar().type("app.Functions", "public class Functions {\n" + methods + "\n}");
  }

  public TestJar resource(String path, String text) {
    resources.put(path, text);
    return this;
  }

  public TestJar manifest(String name, String value) {
    manifest.getMainAttributes().putValue(name, value);
    return this;
  }

  /** Compiles against these jars before the tests' own class path. */
  public TestJar against(Path... jars) {
    classPath.addAll(List.of(jars));
    return this;
  }

  /** Writes the jar, folders included. */
  public Path jar(Path file) throws IOException {
    Path classes = classes(Files.createTempDirectory("roost-test-jar"));
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path entry : files.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new ZipEntry(classes.relativize(entry).toString().replace('\\', '/')));
        Files.copy(entry, jar);
        jar.closeEntry();
      }
    }
    return file;
  }

  /** Writes a folder of classes. */
  public Path classes(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> resource : resources.entrySet()) {
      Path file = folder.resolve(resource.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, resource.getValue());
    }
    if (!sources.isEmpty()) {
      compile(folder);
    }
    return folder;
  }

  private static String location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  private void compile(Path folder) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<JavaFileObject> units =
        sources.entrySet().stream()
            .<JavaFileObject>map(source -> new Source(source.getKey(), source.getValue()))
            .toList();
    String path =
        Stream.concat(classPath.stream(), API.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-d", folder.toString(), "-cp", path, "-proc:none"),
                null,
                units)
            .call();
    if (!compiled) {
      throw new IllegalStateException(messages.toString());
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
