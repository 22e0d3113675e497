package dev.roost.host.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.roost.spi.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The JSON Schema of one kind of file. A schema is read when it is first asked for, since an app
 * without such files need not wait for the validator. Safe for use by several threads.
 */
public final class FileSchema {
  private final JsonNode source;
  private final JsonSchema schema;

  private FileSchema(String resource) {
    this.source = read(resource);
    this.schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(
                source, SchemaValidatorsConfig.builder().pathType(PathType.JSON_PATH).build());
  }

  private static final class FunctionJson {
    static final FileSchema SCHEMA = new FileSchema("function.json.schema.json");
  }

  private static final class HostJson {
    static final FileSchema SCHEMA = new FileSchema("host.json.schema.json");
  }

  /** The schema of function.json. */
  public static FileSchema functionJson() {
    return FunctionJson.SCHEMA;
  }

  /** The schema of host.json. */
  public static FileSchema hostJson() {
    return HostJson.SCHEMA;
  }

  /**
   * What is wrong with a file's content; empty when nothing is.
   *
   * @param where the file, for the problems, whose keys are JSON paths such as {@code
   *     $.bindings[0].queueName}
   */
  public List<Problem> check(String where, JsonNode tree) {
    if (tree.isMissingNode()) {
      return List.of(
          new Problem(where, "", "is empty", "Write " + source.path("description").asText() + "."));
    }
    PlainWords words = new PlainWords(where, source);
    return schema.validate(tree).stream().map(words::problem).distinct().toList();
  }

  private static JsonNode read(String resource) {
    String path = "/dev/roost/schema/" + resource;
    try (InputStream in = FileSchema.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("The host's class path lacks " + path);
      }
      return new JsonMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
