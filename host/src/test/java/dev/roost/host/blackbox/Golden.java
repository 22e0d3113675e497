package dev.roost.host.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An output that is kept whole, so that a change of it is seen and decided. */
final class Golden {
  private static final String RENEW = "roost.golden.renew";
  private static final Path FOLDER = HostProcess.root().resolve("host/src/test/resources/golden");

  private Golden() {}

  /** Fails unless the file has these bytes; a run that renews it fails as well. */
  static void compare(String name, byte[] found) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean(RENEW)) {
      Files.createDirectories(FOLDER);
      Files.write(file, found);
      fail(file + " is written anew: read the difference, then run without -D" + RENEW);
    }
    byte[] expected = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    assertThat(new String(found, StandardCharsets.UTF_8))
        .as("%s; if the difference is meant: -D%s=true writes the file", file, RENEW)
        .isEqualTo(new String(expected, StandardCharsets.UTF_8));
    assertThat(found).as("bytes of %s", file).isEqualTo(expected);
  }
}
