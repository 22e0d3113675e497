package dev.roost.host.keys;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/** Keys in files of a folder, {@code host.json} and {@code <function>.json}, only for its owner. */
final class FileKeyStore implements KeyStore {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private final Path folder;

  FileKeyStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public String place() {
    return "folder " + folder;
  }

  @Override
  public boolean writable() {
    return true;
  }

  @Override
  public Duration lookEvery() {
    return LOOK_EVERY;
  }

  @Override
  public Optional<Stored> read(KeyScope scope) throws IOException {
    Path file = folder.resolve(scope.document());
    try {
      String text = Files.readString(file);
      return Optional.of(new Stored(KeyDocument.parse(text, file.toString()), text));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Under a lock that other hosts on this folder take too; readers see the old or the new file. */
  @Override
  public synchronized boolean write(KeyScope scope, Optional<String> version, String text)
      throws IOException {
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!read(scope).map(Stored::version).equals(version)) {
        return false;
      }
      Path next = newFile();
      Files.writeString(next, text);
      Files.move(
          next,
          folder.resolve(scope.document()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      return true;
    }
  }

  private Path newFile() throws IOException {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? Files.createTempFile(
            folder,
            ".new",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : Files.createTempFile(folder, ".new", "");
  }
}
