package dev.roost.host.keys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes keys as the official host does: 40 bytes in URL-safe base64, of which 33 are random, three
 * read {@code AzFu}, by which scanners know a leaked key, and four are a Marvin checksum (source of
 * the form: microsoft/security-utilities, IdentifiableSecrets).
 */
final class GeneratedKey {
  private static final int LENGTH = 40;
  private static final int CHECKSUM = LENGTH - 4;
  private static final byte[] SIGNATURE = Base64.getDecoder().decode("AzFu");
  private static final SecureRandom RANDOM = new SecureRandom();

  private GeneratedKey() {}

  static String of(KeyKind kind) {
    byte[] bytes = new byte[LENGTH];
    RANDOM.nextBytes(bytes);
    System.arraycopy(SIGNATURE, 0, bytes, CHECKSUM - SIGNATURE.length, SIGNATURE.length);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(CHECKSUM, marvin(buffer.slice(0, CHECKSUM), kind.seed()));
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  /** The 32-bit Marvin checksum of whole words. */
  static int marvin(ByteBuffer data, long seed) {
    ByteBuffer words = data.order(ByteOrder.LITTLE_ENDIAN);
    int[] state = {(int) seed, (int) (seed >>> 32)};
    while (words.remaining() >= Integer.BYTES) {
      state[0] += words.getInt();
      mix(state);
    }
    state[0] += 0x80;
    mix(state);
    mix(state);
    return state[0] ^ state[1];
  }

  private static void mix(int[] state) {
    state[1] ^= state[0];
    state[0] = Integer.rotateLeft(state[0], 20) + state[1];
    state[1] = Integer.rotateLeft(state[1], 9) ^ state[0];
    state[0] = Integer.rotateLeft(state[0], 27) + state[1];
    state[1] = Integer.rotateLeft(state[1], 19);
  }
}
