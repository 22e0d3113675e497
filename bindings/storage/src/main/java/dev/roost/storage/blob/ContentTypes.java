package dev.roost.storage.blob;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Media types by the extension of a name, for what functions usually write. A table of our own,
 * because the JDK's depends on the machine.
 */
final class ContentTypes {
  private static final Map<String, String> BY_EXTENSION =
      Stream.of(
              "txt log text/plain",
              "csv text/csv",
              "tsv text/tab-separated-values",
              "htm html text/html",
              "css text/css",
              "md text/markdown",
              "js mjs text/javascript",
              "ics text/calendar",
              "json application/json",
              "ndjson jsonl application/x-ndjson",
              "xml application/xml",
              "yaml yml application/yaml",
              "pdf application/pdf",
              "zip application/zip",
              "gz tgz application/gzip",
              "tar application/x-tar",
              "jar application/java-archive",
              "wasm application/wasm",
              "rtf application/rtf",
              "doc application/msword",
              "xls application/vnd.ms-excel",
              "ppt application/vnd.ms-powerpoint",
              "docx application/vnd.openxmlformats-officedocument.wordprocessingml.document",
              "xlsx application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
              "pptx application/vnd.openxmlformats-officedocument.presentationml.presentation",
              "parquet application/vnd.apache.parquet",
              "avro application/vnd.apache.avro",
              "png image/png",
              "jpg jpeg image/jpeg",
              "gif image/gif",
              "webp image/webp",
              "avif image/avif",
              "svg image/svg+xml",
              "bmp image/bmp",
              "tif tiff image/tiff",
              "ico image/vnd.microsoft.icon",
              "mp3 audio/mpeg",
              "wav audio/wav",
              "ogg audio/ogg",
              "mp4 video/mp4",
              "webm video/webm",
              "mov video/quicktime",
              "woff font/woff",
              "woff2 font/woff2")
          .flatMap(ContentTypes::entries)
          .collect(Collectors.toUnmodifiableMap(entry -> entry[0], entry -> entry[1]));

  private ContentTypes() {}

  private static Stream<String[]> entries(String line) {
    String[] words = line.split(" ");
    String type = words[words.length - 1];
    return Stream.of(words).limit(words.length - 1L).map(word -> new String[] {word, type});
  }

  /** The type of a name's extension, if it is a known one. */
  static Optional<String> of(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 || name.indexOf('/', dot) >= 0
        ? Optional.empty()
        : Optional.ofNullable(BY_EXTENSION.get(name.substring(dot + 1).toLowerCase(Locale.ROOT)));
  }
}
