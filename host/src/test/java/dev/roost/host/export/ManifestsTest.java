package dev.roost.host.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The YAML of docs/deploying.md, and that the check would see a mistake in it. */
class ManifestsTest {
  private static final Pattern FENCED = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

  private static List<JsonNode> documented() {
    List<JsonNode> documents = new ArrayList<>();
    Matcher block = FENCED.matcher(guide());
    while (block.find()) {
      documents.addAll(Manifests.read(block.group(1)));
    }
    return documents;
  }

  private static String guide() {
    try {
      return Files.readString(Path.of(System.getProperty("roost.root"), "docs/deploying.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theExamplesOfTheGuideHaveOnlyFieldsThatTheirKindsKnow() {
    List<JsonNode> documents = documented();
    assertThat(documents)
        .extracting(each -> each.path("kind").asText(each.path("type").asText()))
        .contains(
            "ScaledObject", "ScaledJob", "TriggerAuthentication", "CronJob", "Microsoft.App/jobs");
    documents.forEach(Manifests::check);
  }

  /** Each line of each example, misspelt: what the check does not see there, it would never see. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "concurrencyPolicy",
        "jobTemplate",
        "restartPolicy",
        "secretRef",
        "runAsNonRoot",
        "jobTargetRef",
        "successfulJobsHistoryLimit",
        "maxReplicaCount",
        "scaleTargetRef",
        "valueLocation",
        "keyParamName",
        "authenticationRef",
        "secretTargetRef",
        "queueLengthStrategy",
        "connectionFromEnv",
        "scheduleTriggerConfig",
        "replicaTimeout",
        "replicaRetryLimit"
      })
  void aMisspeltFieldOfAnExampleIsRefused(String field) {
    String line = field + ":";
    assertThat(guide()).contains(line);
    assertThatThrownBy(
            () -> {
              Matcher block = FENCED.matcher(guide());
              while (block.find()) {
                Manifests.read(block.group(1).replace(line, field + "s:"))
                    .forEach(Manifests::check);
              }
            })
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(field + "s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{apiVersion: v1, kind: Service, spec: {ports: [{port: 80, targetPorts: http}]}}|targetPorts",
        "{apiVersion: v1, kind: ServiceAccount, automountServiceAccountTokens: false}|automountServiceAccountTokens",
        "{apiVersion: policy/v1, kind: PodDisruptionBudget, spec: {maxUnavailables: 1}}|maxUnavailables",
        "{apiVersion: apps/v1, kind: Deployment, spec: {replica: 1}}|replica",
        "{apiVersion: apps/v1, kind: Deployment, spec: {replicas: '1'}}|replicas",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {labels: {a: 1}}}|labels",
        "{apiVersion: v1, kind: Servise}|nothing checks v1/Servise",
        "{type: Microsoft.App/containerApps, name: a, properties: {environmentID: /e}}|environmentID"
      })
  void aMistakeIsRefusedAndNamed(String document, String named) {
    assertThatThrownBy(() -> Manifests.read(document).forEach(Manifests::check))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(named);
  }

  @Test
  void aKeyThatIsThereTwiceIsRefused() {
    assertThatThrownBy(() -> Manifests.read("a: 1\na: 2\n")).isInstanceOf(AssertionError.class);
    assertThatCode(() -> Manifests.read("a: 1\nb: 2\n")).doesNotThrowAnyException();
  }
}
