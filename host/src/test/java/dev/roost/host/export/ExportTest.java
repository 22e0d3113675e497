package dev.roost.host.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.testkit.TestHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DRAIN = Duration.ofSeconds(25);

  private final List<FunctionDefinition> functions = new ArrayList<>();
  private final Map<String, String> flags = new HashMap<>(Map.of("image", "registry/app:1"));
  private final ObjectNode section = JsonNodeFactory.instance.objectNode();
  private final TestHost host = new TestHost();

  private void function(String name, String type, String properties) {
    try {
      ObjectNode node = (ObjectNode) JSON.readTree(properties.replace('\'', '"'));
      functions.add(
          new FunctionDefinition(
              name,
              "app.jar",
              "a.B.c",
              List.of(new BindingDefinition("t", type, Direction.IN, node)),
              Optional.empty()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Kubernetes.Exported kubernetes() throws ExportException {
    Wishes wishes = new Wishes(flags, section);
    Kubernetes.Exported exported = Kubernetes.of(functions, host, wishes, DRAIN);
    exported.documents().forEach(Manifests::check);
    return exported;
  }

  private Kubernetes.Exported containerApp() throws ExportException {
    Kubernetes.Exported exported =
        ContainerApp.of(functions, host, new Wishes(flags, section), DRAIN);
    exported.documents().forEach(Manifests::check);
    return exported;
  }

  private static JsonNode one(Kubernetes.Exported exported, String kind) {
    return exported.documents().stream()
        .filter(document -> document.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aQueueIsScaledFromZeroByItsLengthAndWhatOneHostRuns() throws ExportException {
    host.values.put("InQueue", "orders");
    host.values.put("AzureWebJobsStorage", "AccountName=a;AccountKey=k");
    function("Work", "queueTrigger", "{'queueName': '%InQueue%'}");
    JsonNode spec = one(kubernetes(), "ScaledObject").path("spec");
    assertThat(spec.path("minReplicaCount").asInt()).isZero();
    assertThat(spec.path("triggers").toString())
        .isEqualTo(
            "[{\"type\":\"azure-queue\",\"name\":\"work\",\"metadata\":{\"queueName\":\"orders\","
                + "\"queueLength\":\"24\",\"queueLengthStrategy\":\"all\","
                + "\"connectionFromEnv\":\"AzureWebJobsStorage\"}}]");
    assertThat(kubernetes().documents().toString()).doesNotContain("AccountKey");
  }

  @Test
  void anIdentityConnectionIsScaledThroughATriggerAuthentication() throws ExportException {
    host.values.put("Orders__queueServiceUri", "https://shop.queue.core.windows.net");
    host.values.put("Bus__fullyQualifiedNamespace", "shop.servicebus.windows.net");
    function("Work", "queueTrigger", "{'queueName': 'orders', 'connection': 'Orders'}");
    function(
        "Sub",
        "serviceBusTrigger",
        "{'topicName': 't', 'subscriptionName': 's', 'connection': 'Bus', 'isSessionsEnabled':"
            + " true}");
    flags.put("identityClientId", "1234");
    Kubernetes.Exported exported = kubernetes();
    JsonNode triggers = one(exported, "ScaledObject").path("spec").path("triggers");
    assertThat(triggers.findValuesAsText("accountName")).containsExactly("shop");
    assertThat(triggers.findValuesAsText("namespace")).containsExactly("shop");
    assertThat(triggers.findValuesAsText("messageCount")).containsExactly("8");
    assertThat(triggers.findValues("authenticationRef")).hasSize(2);
    assertThat(one(exported, "TriggerAuthentication").at("/spec/podIdentity/identityId").asText())
        .isEqualTo("1234");
    assertThat(one(exported, "Deployment").at("/spec/template/metadata/labels").toString())
        .contains("azure.workload.identity/use");
  }

  @Test
  void blobsAreScaledByTheInternalQueueAndNeverByTheBlobsThatAreThere() throws ExportException {
    function("Mirror", "blobTrigger", "{'path': 'inbox/{n}'}");
    Kubernetes.Exported exported = kubernetes();
    JsonNode spec = one(exported, "ScaledObject").path("spec");
    assertThat(spec.path("minReplicaCount").asInt()).isEqualTo(1);
    assertThat(spec.path("triggers").findValuesAsText("queueName"))
        .containsExactly("azure-webjobs-blobtrigger-" + host.hostId());
    assertThat(exported.documents().toString()).doesNotContain("azure-blob");
    assertThat(exported.warnings()).anyMatch(text -> text.contains("scanning"));
  }

  @Test
  void aTimerKeepsOneReplicaUnlessItIsSparseAndMayGoToZero() throws ExportException {
    function("Nightly", "timerTrigger", "{'schedule': '0 30 3 * * *', 'timeZone': 'Europe/Paris'}");
    assertThat(one(kubernetes(), "Deployment").at("/spec/replicas").asInt()).isEqualTo(1);
    flags.put("timerScaleToZero", "true");
    JsonNode spec = one(kubernetes(), "ScaledObject").path("spec");
    assertThat(spec.path("minReplicaCount").asInt()).isZero();
    assertThat(spec.at("/triggers/0/metadata").toString())
        .isEqualTo(
            "{\"timezone\":\"Europe/Paris\",\"start\":\"28 3 * * *\",\"end\":\"40 3 * * *\","
                + "\"desiredReplicas\":\"1\"}");
  }

  @Test
  void httpMayHaveADeploymentOfItsOwn() throws ExportException {
    function("Web", "httpTrigger", "{}");
    function("Work", "queueTrigger", "{'queueName': 'orders'}");
    assertThat(one(kubernetes(), "ScaledObject").at("/spec/minReplicaCount").asInt()).isEqualTo(1);
    flags.put("splitHttp", "true");
    Kubernetes.Exported exported = kubernetes();
    assertThat(one(exported, "ScaledObject").at("/spec/minReplicaCount").asInt()).isZero();
    assertThat(exported.documents().stream().map(each -> each.at("/metadata/name").asText()))
        .contains("testhost-http", "testhost");
    assertThat(exported.documents().toString())
        .contains("\"AzureFunctionsJobHost__functions__0\",\"value\":\"Web\"")
        .contains("\"AzureFunctionsJobHost__functions__0\",\"value\":\"Work\"");
  }

  @Test
  void thePodMayDrainBeforeItIsKilledAndRunsWithoutRights() throws ExportException {
    function("Work", "queueTrigger", "{'queueName': 'orders'}");
    JsonNode pod = one(kubernetes(), "Deployment").at("/spec/template/spec");
    assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isEqualTo(40);
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
  }

  @Test
  void whatCanNotBeSaidTrulyIsRefused() {
    function("Work", "queueTrigger", "{'queueName': '%Unknown%'}");
    assertThatThrownBy(this::kubernetes)
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("Work")
        .hasMessageContaining("Unknown")
        .hasMessageContaining("must be known at the export");
    functions.clear();
    function("Nightly", "timerTrigger", "{'schedule': '0 30 3 * * *'}");
    flags.put("minReplicas", "0");
    assertThatThrownBy(this::kubernetes).hasMessageContaining("minReplicas: 0 would stop");
    flags.remove("minReplicas");
    flags.remove("image");
    assertThatThrownBy(this::kubernetes).hasMessageContaining("--image");
  }

  @Test
  void containerAppsGetTheSameRulesAndTheirSecretsByReference() throws ExportException {
    function("Web", "httpTrigger", "{}");
    function("Work", "queueTrigger", "{'queueName': 'orders'}");
    flags.put("environment", "/subscriptions/x");
    assertThatThrownBy(this::containerApp).hasMessageContaining("--key-vault");
    flags.put("keyVault", "https://v.vault.azure.net/");
    JsonNode app = containerApp().documents().getFirst();
    JsonNode scale = app.at("/properties/template/scale");
    assertThat(scale.path("minReplicas").asInt()).isZero();
    assertThat(scale.path("rules").findValuesAsText("type")).containsExactly("azure-queue");
    assertThat(scale.path("rules").findValuesAsText("secretRef"))
        .containsExactly("azurewebjobsstorage");
    assertThat(app.at("/properties/configuration/secrets/0/keyVaultUrl").asText())
        .isEqualTo("https://v.vault.azure.net/secrets/azurewebjobsstorage");
  }

  @Test
  void everySettingInANameIsFilledIn() throws ExportException {
    host.values.put("Stage", "test");
    host.values.put("Shop", "paris");
    function("Work", "queueTrigger", "{'queueName': 'orders-%Shop%-%Stage%'}");
    function(
        "Sub",
        "serviceBusTrigger",
        "{'topicName': '%Stage%-%Shop%', 'subscriptionName': '%Shop%', 'connection': 'Bus'}");
    JsonNode triggers = one(kubernetes(), "ScaledObject").at("/spec/triggers");
    assertThat(triggers.findValuesAsText("queueName")).containsExactly("orders-paris-test");
    assertThat(triggers.findValuesAsText("topicName")).containsExactly("test-paris");
    assertThat(triggers.findValuesAsText("subscriptionName")).containsExactly("paris");
    host.values.remove("Shop");
    assertThatThrownBy(this::kubernetes).hasMessageContaining("Shop");
  }

  @Test
  void anIdentityConnectionHasNoSecret() throws ExportException {
    host.values.put("Orders__accountName", "shop");
    function("Work", "queueTrigger", "{'queueName': 'orders', 'connection': 'Orders'}");
    flags.put("environment", "/subscriptions/x");
    JsonNode app = containerApp().documents().getFirst();
    assertThat(app.at("/properties/configuration/secrets").isMissingNode()).isTrue();
    assertThat(app.at("/properties/template/scale/rules/0/custom/identity").asText())
        .isEqualTo("system");
    assertThat(app.at("/identity/type").asText()).isEqualTo("SystemAssigned");
    JsonNode trigger = one(kubernetes(), "ScaledObject").at("/spec/triggers/0");
    assertThat(trigger.at("/metadata/connectionFromEnv").isMissingNode()).isTrue();
    assertThat(trigger.at("/authenticationRef/name").asText()).isEqualTo("testhost");
  }

  @Test
  void sessionsAreScaledByHowManyOneHostHolds() throws ExportException {
    host.values.put("Bus", "Endpoint=sb://b;SharedAccessKeyName=n;SharedAccessKey=hidden-key");
    function(
        "Steps",
        "serviceBusTrigger",
        "{'queueName': 'steps', 'connection': 'Bus', 'isSessionsEnabled': true}");
    function("Plain", "serviceBusTrigger", "{'queueName': 'plain', 'connection': 'Bus'}");
    Kubernetes.Exported exported = kubernetes();
    JsonNode triggers = one(exported, "ScaledObject").at("/spec/triggers");
    assertThat(triggers.findValuesAsText("messageCount")).containsExactly("8", "16");
    assertThat(triggers.findValuesAsText("connectionFromEnv")).containsExactly("Bus", "Bus");
    assertThat(exported.toString()).doesNotContain("hidden-key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "pollingInterval|'soon'",
        "maxReplicas|-1",
        "minReplicas|true",
        "splitHttp|'yes'",
        "namespace|'My Team'",
        "memory|'a lot'",
        "secret|{'inner': 'hidden-key'}",
        "secret|'AccountKey=hidden-key'",
        "keyVault|'http://plain'",
        "pollingIntervall|30"
      })
  void aBadValueInHostJsonIsToldWithItsKey(String key, String value) throws IOException {
    function("Work", "queueTrigger", "{'queueName': 'orders'}");
    section.set(key, JSON.readTree(value.replace('\'', '"')));
    assertThatThrownBy(this::kubernetes)
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("roost.kubernetes." + key)
        .message()
        .doesNotContain("hidden-key");
  }

  @Test
  void goodValuesInHostJsonAreObeyed() throws ExportException, IOException {
    function("Work", "queueTrigger", "{'queueName': 'orders'}");
    section.setAll(
        (ObjectNode)
            JSON.readTree(
                "{\"pollingInterval\": 7, \"maxReplicas\": \"9\", \"NameSpace\": \"team\"}"));
    JsonNode scaled = one(kubernetes(), "ScaledObject");
    assertThat(scaled.at("/spec/pollingInterval").asInt()).isEqualTo(7);
    assertThat(scaled.at("/spec/maxReplicaCount").asInt()).isEqualTo(9);
    assertThat(scaled.at("/metadata/namespace").asText()).isEqualTo("team");
  }

  @Test
  void aNameThatContainerAppsWouldRefuseIsRefused() {
    function("Web", "httpTrigger", "{}");
    flags.put("environment", "/subscriptions/x");
    flags.put("name", "a-name-that-has-more-than-32-characters");
    assertThatThrownBy(this::containerApp).hasMessageContaining("name:").hasMessageContaining("32");
  }

  @Test
  void whatContainerAppsStillNeedInTheirEnvironmentIsTold() throws ExportException {
    host.values.put("InQueue", "orders");
    host.values.put("Orders__accountName", "shop");
    function("Work", "queueTrigger", "{'queueName': '%InQueue%', 'connection': 'Orders'}");
    function("Other", "queueTrigger", "{'queueName': 'other', 'connection': 'Text'}");
    flags.put("environment", "/subscriptions/x");
    flags.put("keyVault", "https://v.vault.azure.net");
    Kubernetes.Exported exported = containerApp();
    assertThat(exported.warnings())
        .anyMatch(warning -> warning.contains("env: InQueue, Orders__accountName."));
    assertThat(exported.documents().getFirst().at("/identity/type").asText())
        .as("for the vault and the scaler")
        .isEqualTo("SystemAssigned");
  }

  @Test
  void aVaultIsAskedWithTheAppsOwnIdentity() throws ExportException {
    function("Work", "queueTrigger", "{'queueName': 'orders'}");
    flags.put("environment", "/subscriptions/x");
    flags.put("keyVault", "https://v.vault.azure.net");
    assertThat(containerApp().documents().getFirst().at("/identity/type").asText())
        .isEqualTo("SystemAssigned");
  }
}
