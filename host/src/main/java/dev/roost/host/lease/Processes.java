package dev.roost.host.lease;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Names processes so that another process can prove one dead: the boot of the kernel, the pid
 * namespace, the user, the pid and the tick at which it started. Nothing else will do: host names
 * repeat, pids are used again, a start time in wall-clock time moves with the clock, and a process
 * of another user or container may be hidden. Works on Linux only; elsewhere nobody is ever proved
 * dead and a lease runs out in its own time.
 */
final class Processes {
  private static final int STATE = 0;
  private static final int START = 19;

  private final Path proc;

  /**
   * @param proc where the kernel shows processes: {@code /proc}
   */
  Processes(Path proc) {
    this.proc = proc;
  }

  /** The name of this process; empty where processes can't be named. */
  Optional<String> self() {
    return name("self");
  }

  /** True when the process of this name ran here and has surely ended. */
  boolean dead(String name) {
    Optional<String> self = self();
    int pid = name.lastIndexOf('/', name.lastIndexOf('/') - 1);
    if (self.isEmpty() || pid < 0 || !self.get().startsWith(name.substring(0, pid + 1))) {
      return false;
    }
    String[] wanted = name.substring(pid + 1).split("/", -1);
    try {
      String[] stat = stat(wanted[0]);
      return stat[STATE].equals("Z") || stat[STATE].equals("X") || !stat[START].equals(wanted[1]);
    } catch (NoSuchFileException _) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private Optional<String> name(String process) {
    try {
      String boot = Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
      String namespace = Files.readSymbolicLink(proc.resolve(process + "/ns/pid")).toString();
      String user = Files.getAttribute(proc.resolve(process + "/stat"), "unix:uid").toString();
      String pid = Files.readString(proc.resolve(process + "/stat")).split(" ", 2)[0];
      return Optional.of(String.join("/", boot, namespace, user, pid, stat(process)[START]));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The fields of {@code stat} behind the command, which may hold blanks and brackets. */
  private String[] stat(String process) throws IOException {
    String stat = Files.readString(proc.resolve(process + "/stat"), StandardCharsets.ISO_8859_1);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= START) {
      throw new IOException(process + "/stat has only " + fields.length + " fields");
    }
    return fields;
  }
}
