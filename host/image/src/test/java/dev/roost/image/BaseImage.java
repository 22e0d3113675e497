package dev.roost.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A base image of one layer with one file, as {@code docker save} writes it. */
final class BaseImage {
  static final String FILE = "opt/base.txt";

  private BaseImage() {}

  static Path write(Path file) throws IOException {
    byte[] layer = tar(Map.of(FILE, "base".getBytes(StandardCharsets.UTF_8)));
    byte[] config =
        new ObjectMapper()
            .writeValueAsBytes(
                Map.of(
                    "architecture",
                    "amd64",
                    "os",
                    "linux",
                    "config",
                    Map.of(
                        "User",
                        "10001:10001",
                        "WorkingDir",
                        "/app",
                        "Entrypoint",
                        List.of("/opt/jre/bin/java", "-jar", "/opt/roost/lib/roost-host.jar"),
                        "Cmd",
                        List.of("start", "/app"),
                        "Env",
                        List.of("BASE=1"),
                        "Labels",
                        Map.of("base", "yes")),
                    "rootfs",
                    Map.of("type", "layers", "diff_ids", List.of("sha256:" + sha256(layer)))));
    byte[] manifest =
        ("[{\"Config\":\"config.json\",\"RepoTags\":[\"roost:test\"],\"Layers\":[\"layer.tar\"]}]")
            .getBytes(StandardCharsets.UTF_8);
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("layer.tar", layer);
    parts.put("config.json", config);
    parts.put("manifest.json", manifest);
    return Files.write(file, tar(parts));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }
}
