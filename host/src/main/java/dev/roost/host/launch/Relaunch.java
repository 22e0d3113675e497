package dev.roost.host.launch;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Replaces the running process by the same command with another environment and working directory
 * ({@code chdir} and {@code execve} of the C library): same process id, same streams, so signals
 * reach the one JVM there is. A JVM can change neither for itself.
 */
public final class Relaunch {
  private Relaunch() {}

  /**
   * Does not return when it succeeds.
   *
   * @param environment all variables of the new process
   * @param directory its working directory
   * @throws IOException when the system refuses; nothing has changed then
   */
  public static void into(Map<String, String> environment, Path directory) throws IOException {
    List<String> command = ownCommand();
    String java = ProcessHandle.current().info().command().orElse(command.getFirst());
    List<String> variables =
        environment.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toList();
    NativeAccess.allow();
    try (Arena arena = Arena.ofConfined()) {
      if ((int) call("chdir", 1).invokeExact(arena.allocateFrom(directory.toString())) != 0) {
        throw new IOException("the working directory " + directory + " can't be entered");
      }
      int failed =
          (int)
              call("execve", 3)
                  .invokeExact(
                      arena.allocateFrom(java), strings(command, arena), strings(variables, arena));
      throw new IOException("the process could not be replaced (execve gave " + failed + ")");
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("the C library can't be called", e);
    }
  }

  /** The arguments of this process; the kernel's own list where there is one, for it is whole. */
  private static List<String> ownCommand() throws IOException {
    Path kernel = Path.of("/proc/self/cmdline");
    if (Files.isReadable(kernel)) {
      // Every argument ends with a NUL, so the part behind the last one is none.
      List<String> parts = List.of(Files.readString(kernel).split("\0", -1));
      return withAbsoluteJar(parts.subList(0, parts.size() - 1));
    }
    ProcessHandle.Info self = ProcessHandle.current().info();
    List<String> command =
        new ArrayList<>(
            List.of(self.command().orElseThrow(() -> new IOException("own command is unknown"))));
    command.addAll(
        List.of(self.arguments().orElseThrow(() -> new IOException("own arguments are unknown"))));
    return withAbsoluteJar(command);
  }

  /** The new process starts in another folder, so the path of its jar must not hang on this one. */
  private static List<String> withAbsoluteJar(List<String> command) {
    List<String> absolute = new ArrayList<>(command);
    int jar = command.indexOf("-jar") + 1;
    if (jar > 0 && jar < command.size()) {
      absolute.set(jar, Path.of(command.get(jar)).toAbsolutePath().toString());
    }
    return absolute;
  }

  // Native access is allowed before; the two signatures are those of POSIX.
  @SuppressWarnings("restricted")
  private static MethodHandle call(String name, int pointers) {
    ValueLayout[] parameters = new ValueLayout[pointers];
    Arrays.fill(parameters, ValueLayout.ADDRESS);
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = linker.defaultLookup();
    return linker.downcallHandle(
        library.findOrThrow(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
  }

  private static MemorySegment strings(List<String> texts, Arena arena) {
    MemorySegment array = arena.allocate(ValueLayout.ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(texts.get(i)));
    }
    array.setAtIndex(ValueLayout.ADDRESS, texts.size(), MemorySegment.NULL);
    return array;
  }
}
