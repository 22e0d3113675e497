package dev.roost.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What is in an image.
 *
 * @param config its configuration
 * @param layers of each layer the regular files with their contents, from the bottom
 */
record SavedImage(JsonNode config, List<Map<String, String>> layers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads an archive as {@code docker save} writes it. */
  static SavedImage of(InputStream archive) throws IOException {
    Map<String, byte[]> parts = files(archive);
    JsonNode manifest = JSON.readTree(parts.get("manifest.json")).get(0);
    List<String> layers = new ArrayList<>();
    manifest.get("Layers").forEach(layer -> layers.add(layer.asText()));
    return of(manifest.get("Config").asText(), layers, parts::get);
  }

  static SavedImage of(String config, List<String> layers, Function<String, byte[]> parts)
      throws IOException {
    List<Map<String, String>> contents = new ArrayList<>();
    for (String layer : layers) {
      Map<String, String> texts = new TreeMap<>();
      files(new GZIPInputStream(new ByteArrayInputStream(parts.apply(layer))))
          .forEach((name, bytes) -> texts.put(name, new String(bytes, StandardCharsets.UTF_8)));
      contents.add(texts);
    }
    return new SavedImage(JSON.readTree(parts.apply(config)), contents);
  }

  private static Map<String, byte[]> files(InputStream archive) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          files.put(entry.getName(), tar.readAllBytes());
        }
      }
    }
    return files;
  }
}
