package dev.roost.storage.blob;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where the receipt of a version of a blob lies, the official place, and what is beside it. */
final class ReceiptPath {
  /** Azure's bound on the name of a blob. */
  private static final int LONGEST = 1024;

  private ReceiptPath() {}

  /**
   * The path within {@code azure-webjobs-hosts}.
   *
   * @param etag with its quotes
   */
  static String of(String hostId, String functionId, String etag, String container, String name) {
    String folder =
        "blobreceipts/" + hostId + "/" + functionId + "/" + etag + "/" + container + "/";
    String path = folder + name;
    // Upstream fails on a name that is too long for its receipt; a digest serves as well.
    return path.length() <= LONGEST ? path : folder + "sha256/" + digest(name);
  }

  /** Where the first version of a blob is noted; ours. */
  static String ofFirst(String hostId, String functionId, BlobPath blob) {
    String folder = "roost/blobs/" + hostId + "/" + functionId + "/";
    String path = folder + blob;
    return path.length() <= LONGEST ? path : folder + "sha256/" + digest(blob.toString());
  }

  private static String digest(String name) {
    try {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
