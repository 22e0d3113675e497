package dev.roost.host.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
  @TempDir Path proc;
  private ProcDirectory kernel;
  private Processes processes;
  private String before;

  @BeforeEach
  void aProcessThatWasSeenBefore() throws IOException {
    kernel = new ProcDirectory(proc);
    processes = new Processes(proc);
    kernel.run("41", "7000");
    kernel.run("42", "9000");
    kernel.self("41");
    before = processes.self().orElseThrow();
    kernel.self("42");
  }

  @Test
  void livesWhileItIsThere() {
    assertThat(processes.dead(before)).isFalse();
  }

  @Test
  void isDeadWhenItsPidIsGone() throws IOException {
    kernel.end("41");
    assertThat(processes.dead(before)).isTrue();
  }

  @Test
  void isDeadWhenItsPidBelongsToAnother() throws IOException {
    kernel.run("41", "9500");
    assertThat(processes.dead(before)).isTrue();
  }

  @Test
  void isDeadWhenNobodyHasBuriedItYet() throws IOException {
    kernel.run("41", "7000", "Z", "pid:[4026531836]");
    assertThat(processes.dead(before)).isTrue();
  }

  @Test
  void isLeftAloneAfterARebootOrOnAnotherMachine() throws IOException {
    kernel.end("41");
    kernel.boot("another-boot");
    assertThat(processes.dead(before)).isFalse();
  }

  @Test
  void isLeftAloneWhenItRanInAnotherContainer() throws IOException {
    kernel.end("41");
    kernel.run("42", "9000", "S", "pid:[4026532999]");
    assertThat(processes.dead(before)).isFalse();
  }

  @Test
  void isLeftAloneWhereTheKernelShowsNothing() {
    assertThat(new Processes(proc.resolve("nowhere")).self()).isEmpty();
    assertThat(new Processes(proc.resolve("nowhere")).dead(before)).isFalse();
    assertThat(processes.dead("")).isFalse();
    assertThat(processes.dead("a/b")).isFalse();
  }

  @Test
  void thisProcessLives() {
    Processes real = new Processes(Path.of("/proc"));
    assertThat(real.self().filter(real::dead)).isEmpty();
  }
}
