package dev.roost.host.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The manifests of an app for Kubernetes with KEDA. */
public final class Kubernetes {
  private static final int PORT = 8080;
  private static final int MOST_REPLICAS = 100;
  private static final int POLLING = 30;
  private static final int COOLDOWN = 300;

  /** So long after the drain the process is killed. */
  private static final int AFTER_DRAIN = 15;

  private static final Set<String> TRIGGERS =
      Set.of("httptrigger", "queuetrigger", "blobtrigger", "servicebustrigger", "timertrigger");

  private final Wishes wishes;
  private final Scaling scaling;
  private final String app;
  private final long grace;
  private final String hostId;
  private final List<ObjectNode> manifests = new ArrayList<>();

  private Kubernetes(Wishes wishes, Scaling scaling, Duration drain, String hostId) {
    this.wishes = wishes;
    this.scaling = scaling;
    this.app = Names.label(wishes.text("name", hostId));
    this.grace = drain.toSeconds() + AFTER_DRAIN;
    this.hostId = hostId;
  }

  /**
   * The manifests, and what to know of them.
   *
   * @param documents in an order in which they can be applied
   * @param warnings for people
   */
  public record Exported(List<ObjectNode> documents, List<String> warnings) {}

  /**
   * Makes them.
   *
   * @param functions of the app that are not disabled
   * @param host for the settings that are known here
   * @param drain how long a stop waits for what runs
   */
  public static Exported of(
      List<FunctionDefinition> functions, HostServices host, Wishes wishes, Duration drain)
      throws ExportException {
    wishes.check();
    Scaling scaling = ScalingPlan.of(functions, host, wishes);
    Kubernetes kubernetes = new Kubernetes(wishes, scaling, drain, host.hostId());
    return kubernetes.export();
  }

  /** True for a function with a trigger of whose source the manifests can tell. */
  public static boolean scales(FunctionDefinition function) {
    return TRIGGERS.contains(function.trigger().type().toLowerCase(Locale.ROOT));
  }

  private Exported export() throws ExportException {
    if (wishes.text("image").isEmpty()) {
      throw new ExportException(
          "image: is missing. Give --image, or write roost.kubernetes.image into host.json.");
    }
    List<String> warnings = new ArrayList<>(scaling.warnings());
    scaling.always().forEach(why -> warnings.add("One replica always runs: " + why + "."));
    boolean identity = scaling.rules().stream().anyMatch(Rule::identity);
    manifests.add(serviceAccount(identity));
    if (wishes.flag("splitHttp") && !scaling.http().isEmpty()) {
      manifests.add(
          deployment(app + "-http", scaling.http(), wishes.number("httpReplicas", 1, 1), identity));
      manifests.add(service(app + "-http"));
      manifests.add(disruptions(app + "-http"));
      if (!scaling.others().isEmpty()) {
        scaled(app, scaling.others(), identity);
      }
    } else {
      scaled(app, List.of(), identity);
      if (!scaling.http().isEmpty()) {
        manifests.add(service(app));
      }
    }
    return new Exported(List.copyOf(manifests), List.copyOf(warnings));
  }

  private void scaled(String name, List<String> only, boolean identity) throws ExportException {
    int least = wishes.number("minReplicas", scaling.always().isEmpty() ? 0 : 1, 0);
    if (least == 0 && !scaling.always().isEmpty()) {
      throw new ExportException(
          "minReplicas: 0 would stop what needs a running host: "
              + String.join("; ", scaling.always())
              + ". Leave it out, or split the functions over two apps.");
    }
    manifests.add(deployment(name, only, scaling.rules().isEmpty() ? least : -1, identity));
    manifests.add(disruptions(name));
    if (scaling.rules().isEmpty()) {
      return;
    }
    if (identity) {
      manifests.add(authentication());
    }
    manifests.add(scaledObject(name, least));
  }

  private ObjectNode document(String version, String kind, String name) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("apiVersion", version).put("kind", kind);
    ObjectNode metadata = document.putObject("metadata");
    metadata.put("name", name);
    wishes.text("namespace").ifPresent(space -> metadata.put("namespace", space));
    metadata
        .putObject("labels")
        .put("app.kubernetes.io/name", name)
        .put("app.kubernetes.io/part-of", app)
        .put("app.kubernetes.io/managed-by", "roost");
    return document;
  }

  private ObjectNode serviceAccount(boolean identity) {
    ObjectNode account = document("v1", "ServiceAccount", app);
    if (identity) {
      wishes
          .text("identityClientId")
          .ifPresent(id ->
              ((ObjectNode) account.path("metadata"))
                  .putObject("annotations")
                  .put("azure.workload.identity/client-id", id));
    }
    account.put("automountServiceAccountToken", false);
    return account;
  }

  private ObjectNode service(String name) {
    ObjectNode service = document("v1", "Service", name);
    ObjectNode spec = service.putObject("spec");
    spec.put("type", "ClusterIP").putObject("selector").put("app.kubernetes.io/name", name);
    spec.putArray("ports")
        .addObject()
        .put("name", "http")
        .put("port", 80)
        .put("targetPort", "http")
        .put("protocol", "TCP");
    return service;
  }

  private ObjectNode disruptions(String name) {
    ObjectNode budget = document("policy/v1", "PodDisruptionBudget", name);
    ObjectNode spec = budget.putObject("spec");
    spec.put("maxUnavailable", 1);
    spec.putObject("selector").putObject("matchLabels").put("app.kubernetes.io/name", name);
    return budget;
  }

  private ObjectNode deployment(String name, List<String> only, int replicas, boolean identity) {
    ObjectNode deployment = document("apps/v1", "Deployment", name);
    ObjectNode spec = deployment.putObject("spec");
    if (replicas >= 0) {
      spec.put("replicas", replicas); // else KEDA's business alone
    }
    spec.putObject("selector").putObject("matchLabels").put("app.kubernetes.io/name", name);
    ObjectNode template = spec.putObject("template");
    ObjectNode labels = template.putObject("metadata").putObject("labels");
    labels.put("app.kubernetes.io/name", name).put("app.kubernetes.io/part-of", app);
    if (identity) {
      labels.put("azure.workload.identity/use", "true");
    }
    ObjectNode pod = template.putObject("spec");
    pod.put("serviceAccountName", app);
    pod.put("automountServiceAccountToken", false);
    pod.put("terminationGracePeriodSeconds", grace);
    ObjectNode security = pod.putObject("securityContext");
    security.put("runAsNonRoot", true);
    security.putObject("seccompProfile").put("type", "RuntimeDefault");
    container(pod.putArray("containers").addObject(), only);
    pod.putArray("volumes").addObject().put("name", "tmp").putObject("emptyDir");
    return deployment;
  }

  private void container(ObjectNode container, List<String> only) {
    container.put("name", "roost").put("image", wishes.text("image", ""));
    container
        .putArray("ports")
        .addObject()
        .put("name", "http")
        .put("containerPort", PORT)
        .put("protocol", "TCP");
    ArrayNode variables = container.putArray("env");
    variable(variables, "PORT", Integer.toString(PORT));
    // The replicas share locks and receipts under this name, whatever their machines are called.
    variable(variables, "AzureFunctionsWebHost__hostid", hostId);
    for (int i = 0; i < only.size(); i++) {
      variable(variables, "AzureFunctionsJobHost__functions__" + i, only.get(i));
    }
    container
        .putArray("envFrom")
        .addObject()
        .putObject("secretRef")
        .put("name", wishes.text("secret", app));
    ObjectNode resources = container.putObject("resources");
    resources
        .putObject("requests")
        .put("cpu", wishes.text("cpuRequest", "250m"))
        .put("memory", wishes.text("memory", "512Mi"));
    resources.putObject("limits").put("memory", wishes.text("memory", "512Mi"));
    probe(container.putObject("startupProbe"), "/admin/host/ping", 2, 60);
    probe(container.putObject("readinessProbe"), "/runtime/health/ready", 5, 3);
    probe(container.putObject("livenessProbe"), "/runtime/health/live", 10, 6);
    ObjectNode security = container.putObject("securityContext");
    security.put("allowPrivilegeEscalation", false).put("readOnlyRootFilesystem", true);
    security.putObject("capabilities").putArray("drop").add("ALL");
    container.putArray("volumeMounts").addObject().put("name", "tmp").put("mountPath", "/tmp");
  }

  private static void variable(ArrayNode variables, String name, String value) {
    variables.addObject().put("name", name).put("value", value);
  }

  private static void probe(ObjectNode probe, String path, int period, int failures) {
    probe.putObject("httpGet").put("path", path).put("port", "http");
    probe.put("periodSeconds", period).put("failureThreshold", failures).put("timeoutSeconds", 5);
  }

  private ObjectNode authentication() {
    ObjectNode authentication = document("keda.sh/v1alpha1", "TriggerAuthentication", app);
    ObjectNode identity = authentication.putObject("spec").putObject("podIdentity");
    identity.put("provider", "azure-workload");
    wishes.text("identityClientId").ifPresent(id -> identity.put("identityId", id));
    return authentication;
  }

  private ObjectNode scaledObject(String name, int least) throws ExportException {
    ObjectNode scaled = document("keda.sh/v1alpha1", "ScaledObject", name);
    ObjectNode spec = scaled.putObject("spec");
    spec.putObject("scaleTargetRef").put("name", name);
    spec.put("pollingInterval", wishes.number("pollingInterval", POLLING, 1));
    spec.put("cooldownPeriod", wishes.number("cooldownPeriod", COOLDOWN, 0));
    spec.put("minReplicaCount", least);
    spec.put("maxReplicaCount", wishes.number("maxReplicas", MOST_REPLICAS, Math.max(1, least)));
    ArrayNode triggers = spec.putArray("triggers");
    for (Rule rule : scaling.rules()) {
      ObjectNode trigger = triggers.addObject().put("type", rule.type()).put("name", rule.name());
      trigger.set("metadata", rule.metadata());
      if (rule.identity()) {
        trigger.putObject("authenticationRef").put("name", app);
      }
    }
    return scaled;
  }
}
