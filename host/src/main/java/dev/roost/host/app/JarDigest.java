package dev.roost.host.app;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * What a jar is known by, its directory: the name, size, time and checksum of every entry, which is
 * a hundredth of the file. Source of the layout: APPNOTE.TXT of PKWARE, 4.3.12 and 4.3.16.
 */
final class JarDigest {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final long IN_ZIP64 = 0xffff_ffffL;

  private JarDigest() {}

  /**
   * The directory.
   *
   * @throws IOException when the jar can't be read, or says where its directory is in the way of
   *     ZIP64, which no jar below 4 GB needs
   */
  static ByteBuffer directory(Path jar) throws IOException {
    try (FileChannel file = FileChannel.open(jar)) {
      long length = file.size();
      int tail = (int) Math.min(length, END_SIZE + LONGEST_COMMENT);
      ByteBuffer last = read(file, length - tail, tail);
      int end = tail - END_SIZE;
      while (end >= 0 && last.getInt(end) != END_SIGNATURE) {
        end--;
      }
      long size = end < 0 ? IN_ZIP64 : Integer.toUnsignedLong(last.getInt(end + 12));
      long begin = length - tail + end - size;
      if (size == IN_ZIP64 || begin < 0) {
        throw new IOException(jar + " has no directory of the usual kind");
      }
      return read(file, begin, (int) (size + END_SIZE));
    }
  }

  private static ByteBuffer read(FileChannel file, long from, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("the file became shorter");
      }
    }
    return bytes.flip();
  }
}
