package dev.roost.host.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory that looks like {@code /proc} of a kernel with a few processes. */
final class ProcDirectory {
  private final Path proc;

  ProcDirectory(Path proc) throws IOException {
    this.proc = proc;
    Files.createDirectories(proc.resolve("sys/kernel/random"));
    boot("5d2c1e1c-boot");
  }

  void boot(String id) throws IOException {
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), id + "\n");
  }

  void run(String pid, String start) throws IOException {
    run(pid, start, "S", "pid:[4026531836]");
  }

  void run(String pid, String start, String state, String namespace) throws IOException {
    Path process = proc.resolve(pid);
    Files.createDirectories(process.resolve("ns"));
    Files.deleteIfExists(process.resolve("ns/pid"));
    Files.createSymbolicLink(process.resolve("ns/pid"), Path.of(namespace));
    Files.writeString(
        process.resolve("stat"),
        "%s (java (x) 1) %s %s%s 0 0\n".formatted(pid, state, "0 ".repeat(18), start));
  }

  void self(String pid) throws IOException {
    Files.deleteIfExists(proc.resolve("self"));
    Files.createSymbolicLink(proc.resolve("self"), Path.of(pid));
  }

  void end(String pid) throws IOException {
    Files.delete(proc.resolve(pid + "/ns/pid"));
    Files.delete(proc.resolve(pid + "/stat"));
  }
}
