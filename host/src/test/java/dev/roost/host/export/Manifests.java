package dev.roost.host.export;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Checks manifests strictly: Kubernetes' own kinds are read into the fabric8 model, those of KEDA
 * and Container Apps have schemas of ours. A field that is not known, or of the wrong type, is
 * refused. What a cluster checks beyond that, such as ranges, is not looked at.
 */
public final class Manifests {
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "v1/Service", Service.class,
          "v1/ServiceAccount", ServiceAccount.class,
          "apps/v1/Deployment", Deployment.class,
          "batch/v1/CronJob", CronJob.class,
          "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class);

  private static final ObjectMapper MODEL = model();
  private static final JsonSchema KEDA = schema("keda.schema.json");
  private static final JsonSchema CONTAINER_APPS = schema("containerapp.schema.json");
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private Manifests() {}

  /** The documents of a YAML text. */
  public static List<JsonNode> read(String yaml) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return documents.readAll();
    } catch (IOException e) {
      throw new AssertionError("not YAML: " + yaml, e);
    }
  }

  /** Fails for a document that has what its kind does not know. */
  public static void check(JsonNode document) {
    String version = document.path("apiVersion").asText();
    if (version.startsWith("keda.sh/")) {
      fits(KEDA, document);
      JsonNode job = document.at("/spec/jobTargetRef");
      if (!job.isMissingNode()) {
        into(JobSpec.class, job);
      }
    } else if (document.path("type").asText().startsWith("Microsoft.App/")) {
      fits(CONTAINER_APPS, document);
    } else {
      String kind = version + "/" + document.path("kind").asText();
      Class<?> known = KINDS.get(kind);
      if (known == null) {
        throw new AssertionError("nothing checks " + kind);
      }
      into(known, document);
    }
  }

  private static void into(Class<?> kind, JsonNode document) {
    try {
      MODEL.treeToValue(document, kind);
    } catch (IOException e) {
      throw new AssertionError(e.getMessage() + "\n" + document.toPrettyString(), e);
    }
  }

  private static void fits(JsonSchema schema, JsonNode document) {
    List<String> errors =
        schema.validate(document).stream().map(ValidationMessage::toString).toList();
    if (!errors.isEmpty()) {
      throw new AssertionError(errors + "\n" + document.toPrettyString());
    }
  }

  private static ObjectMapper model() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new NoAdditions())
            .build();
    for (CoercionInputShape other :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      mapper.coercionConfigFor(LogicalType.Textual).setCoercion(other, CoercionAction.Fail);
    }
    for (LogicalType other : List.of(LogicalType.Integer, LogicalType.Boolean)) {
      mapper.coercionConfigFor(other).setCoercion(CoercionInputShape.String, CoercionAction.Fail);
    }
    return mapper;
  }

  /** The model keeps what it does not know in a map beside its fields: here nothing is kept. */
  private static final class NoAdditions extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated member) {
      return false;
    }
  }

  private static JsonSchema schema(String name) {
    try (InputStream text = Manifests.class.getResourceAsStream(name)) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(Objects.requireNonNull(text, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
