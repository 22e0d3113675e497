package dev.roost.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPOutputStream;

/** Packs a stream as it is read: what one read of the source yields can be unpacked at once. */
final class GzipStream extends InputStream {
  private final InputStream source;
  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
  private final GZIPOutputStream gzip;
  private final byte[] piece = new byte[8 * 1024];
  private byte[] ready = new byte[0];
  private int at;
  private boolean ended;

  GzipStream(InputStream source) throws IOException {
    this.source = source;
    this.gzip = new GZIPOutputStream(packed, 512, true);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (at == ready.length) {
      if (ended) {
        return -1;
      }
      fill();
    }
    int count = Math.min(length, ready.length - at);
    System.arraycopy(ready, at, buffer, offset, count);
    at += count;
    return count;
  }

  private void fill() throws IOException {
    int count = source.read(piece);
    if (count < 0) {
      gzip.finish();
      ended = true;
    } else {
      gzip.write(piece, 0, count);
      gzip.flush();
    }
    ready = packed.toByteArray();
    packed.reset();
    at = 0;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
