package dev.roost.host.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An app for {@code az containerapp create --yaml}. */
public final class ContainerApp {
  private static final int PORT = 8080;
  private static final int AFTER_DRAIN = 15;

  /** The longest that the platform waits. */
  private static final long LONGEST_GRACE = 600;

  private static final int LONGEST_NAME = 32;

  private final Wishes wishes;
  private final Scaling scaling;
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final List<String> warnings;

  private ContainerApp(Wishes wishes, Scaling scaling) {
    this.wishes = wishes;
    this.scaling = scaling;
    this.warnings = new ArrayList<>(scaling.warnings());
  }

  /**
   * The document and what to know of it.
   *
   * @param functions of the app that are not disabled
   */
  public static Kubernetes.Exported of(
      List<FunctionDefinition> functions, HostServices host, Wishes wishes, Duration drain)
      throws ExportException {
    wishes.check();
    // The platform's own HTTP rule holds requests back, so HTTP keeps no replica.
    Wishes http = new Wishes(plus(wishes.flags(), "splitHttp", "true"), wishes.section());
    ContainerApp app = new ContainerApp(wishes, ScalingPlan.of(functions, host, http));
    ObjectNode document = app.document(host, drain);
    Set<String> unset = NamedSettings.of(functions, host.settings());
    unset.removeAll(app.secrets.keySet());
    if (!unset.isEmpty()) {
      app.warnings.add(
          "The functions name settings whose values are not written here. Add them to env: "
              + String.join(", ", unset)
              + ".");
    }
    return new Kubernetes.Exported(List.of(document), app.warnings);
  }

  private static Map<String, String> plus(Map<String, String> flags, String key, String value) {
    Map<String, String> all = new LinkedHashMap<>(flags);
    all.put(key, value);
    return all;
  }

  private ObjectNode document(HostServices host, Duration drain) throws ExportException {
    String name = Names.label(wishes.text("name", host.hostId()));
    if (name.length() > LONGEST_NAME) {
      throw new ExportException(
          "name: '%s' has %d characters, but Container Apps takes at most %d. Give a shorter --name."
              .formatted(name, name.length(), LONGEST_NAME));
    }
    String image =
        wishes
            .text("image")
            .orElseThrow(() -> new ExportException("image: is missing. Give --image."));
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("type", "Microsoft.App/containerApps").put("name", name);
    ObjectNode properties = document.putObject("properties");
    properties.put(
        "environmentId",
        wishes
            .text("environment")
            .orElseThrow(() ->
                new ExportException(
                    "environment: is missing. Give --environment with the resource id of the"
                        + " Container Apps environment.")));
    ObjectNode configuration = properties.putObject("configuration");
    configuration.put("activeRevisionsMode", "Single");
    if (!scaling.http().isEmpty()) {
      configuration
          .putObject("ingress")
          .put("external", wishes.flag("external"))
          .put("targetPort", PORT)
          .put("transport", "auto");
    }
    ObjectNode template = JsonNodeFactory.instance.objectNode();
    long grace = drain.toSeconds() + AFTER_DRAIN;
    if (grace > LONGEST_GRACE) {
      throw new ExportException(
          "roost.drainTimeout: with "
              + drain
              + " a stop may take "
              + grace
              + " s, but Container Apps waits at most "
              + LONGEST_GRACE
              + " s. Make it shorter in host.json.");
    }
    template.put("terminationGracePeriodSeconds", grace);
    container(template.putArray("containers").addObject(), image, host.hostId());
    scale(template.putObject("scale"));
    secrets(configuration, (ObjectNode) template.path("containers").path(0));
    properties.set("template", template);
    // The vault and the scalers are asked with it.
    if (!secrets.isEmpty() || scaling.rules().stream().anyMatch(Rule::identity)) {
      document.putObject("identity").put("type", "SystemAssigned");
    }
    return document;
  }

  private void container(ObjectNode container, String image, String hostId) {
    container.put("name", "roost").put("image", image);
    container.putObject("resources").put("cpu", 0.5).put("memory", wishes.text("memory", "1Gi"));
    ArrayNode variables = container.putArray("env");
    variables.addObject().put("name", "PORT").put("value", Integer.toString(PORT));
    variables.addObject().put("name", "AzureFunctionsWebHost__hostid").put("value", hostId);
    ArrayNode probes = container.putArray("probes");
    probe(probes.addObject().put("type", "Startup"), "/admin/host/ping", 30);
    probe(probes.addObject().put("type", "Readiness"), "/runtime/health/ready", 3);
    probe(probes.addObject().put("type", "Liveness"), "/runtime/health/live", 6);
  }

  private static void probe(ObjectNode probe, String path, int failures) {
    probe.putObject("httpGet").put("path", path).put("port", PORT);
    probe.put("periodSeconds", 5).put("failureThreshold", failures).put("timeoutSeconds", 5);
  }

  private void scale(ObjectNode scale) throws ExportException {
    int least = wishes.number("minReplicas", scaling.always().isEmpty() ? 0 : 1, 0);
    if (least == 0 && !scaling.always().isEmpty()) {
      throw new ExportException(
          "minReplicas: 0 would stop what needs a running host: "
              + String.join("; ", scaling.always())
              + ".");
    }
    scaling.always().forEach(why -> warnings.add("One replica always runs: " + why + "."));
    scale.put("minReplicas", least);
    scale.put("maxReplicas", wishes.number("maxReplicas", 10, Math.max(1, least)));
    ArrayNode rules = scale.putArray("rules");
    if (!scaling.http().isEmpty()) {
      rules
          .addObject()
          .put("name", "http")
          .putObject("http")
          .putObject("metadata")
          .put("concurrentRequests", wishes.text("concurrentRequests", "50"));
    }
    for (Rule rule : scaling.rules()) {
      ObjectNode custom = rules.addObject().put("name", rule.name()).putObject("custom");
      custom.put("type", rule.type());
      ObjectNode metadata = rule.metadata().deepCopy();
      String variable = metadata.path("connectionFromEnv").asText("");
      metadata.remove("connectionFromEnv");
      custom.set("metadata", metadata);
      if (!variable.isEmpty()) {
        custom
            .putArray("auth")
            .addObject()
            .put("secretRef", secret(variable))
            .put("triggerParameter", "connection");
      } else if (rule.identity()) {
        custom.put("identity", "system");
      }
    }
  }

  private String secret(String variable) {
    return secrets.computeIfAbsent(
        variable, name -> Names.label(name.toLowerCase(Locale.ROOT).replace("_", "-")));
  }

  /** By reference: a vault that the user names, never a value. */
  private void secrets(ObjectNode configuration, ObjectNode container) throws ExportException {
    if (secrets.isEmpty()) {
      return;
    }
    String vault =
        wishes
            .text("keyVault")
            .orElseThrow(() ->
                new ExportException(
                    "keyVault: the connection strings "
                        + secrets.keySet()
                        + " must come from somewhere. Give --key-vault with the URL of the"
                        + " vault that holds "
                        + secrets.values()
                        + ", or use identity connections."));
    ArrayNode list = configuration.putArray("secrets");
    ArrayNode variables = (ArrayNode) container.path("env");
    secrets.forEach((variable, name) -> {
      list.addObject()
          .put("name", name)
          .put("keyVaultUrl", vault.replaceAll("/+$", "") + "/secrets/" + name)
          .put("identity", "system");
      variables.addObject().put("name", variable).put("secretRef", name);
    });
  }
}
