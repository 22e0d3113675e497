package dev.roost.host.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.host.library.LibraryFolder;
import dev.roost.spi.image.ImageException;
import dev.roost.spi.image.ImageOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who builds images is not always there. */
class ImagesTest {
  @TempDir private Path folder;

  @Test
  void saysWhereItsLibrariesAreMissing() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    ImageOrder order =
        new ImageOrder("base", "name", "linux/amd64", Optional.empty(), List.of(), Map.of(), false);
    Path absent = folder.resolve("image");

    assertThatThrownBy(() -> Images.build(order, new LibraryFolder(absent)))
        .isInstanceOf(ImageException.class)
        .hasMessage(
            "'roost image' needs the libraries in "
                + absent
                + ", which are not there: the base image leaves them out. Run it from the"
                + " distribution, on the machine that builds the app.");
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }
}
