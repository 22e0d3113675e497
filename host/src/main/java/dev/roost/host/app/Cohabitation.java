package dev.roost.host.app;

import dev.roost.host.config.LocalSettings;
import dev.roost.host.discovery.Discovery;
import dev.roost.host.discovery.RejectedFunction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Which apps can share a process. They share one environment and one working directory, and their
 * functions' names are names in one storage account, so: no setting with two values, at most one
 * app that needs its folder, no name twice. The app that comes first stays.
 */
final class Cohabitation {
  private static final String REMEDY = "Run each app in a process of its own.";

  private Cohabitation() {}

  /** The layouts that can share a process; each other one is told to {@code problems}. */
  static List<AppLayout> admit(List<AppLayout> layouts, Consumer<Problem> problems) {
    if (layouts.size() < 2) {
      return layouts;
    }
    List<AppLayout> admitted = new ArrayList<>();
    Map<String, Setting> settings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (AppLayout layout : layouts) {
      Optional<Problem> conflict = folderConflict(admitted, layout);
      if (conflict.isEmpty()) {
        conflict = settingConflict(settings, layout);
      }
      conflict.ifPresentOrElse(problems, () -> admitted.add(layout));
    }
    return List.copyOf(admitted);
  }

  private record Setting(Path file, String value) {}

  private static Optional<Problem> folderConflict(List<AppLayout> admitted, AppLayout layout) {
    if (layout.hostJson().isEmpty()) {
      return Optional.empty();
    }
    return admitted.stream()
        .flatMap(other -> other.hostJson().stream())
        .findFirst()
        .map(other ->
            new Problem(
                layout.hostJson().get().toString(),
                "",
                "its app needs its own working directory, and so does that of " + other,
                REMEDY));
  }

  private static Optional<Problem> settingConflict(
      Map<String, Setting> settings, AppLayout layout) {
    if (layout.localSettings().isEmpty()) {
      return Optional.empty();
    }
    Path file = layout.localSettings().get();
    Map<String, String> own = LocalSettings.read(file, _ -> {});
    for (Map.Entry<String, String> setting : own.entrySet()) {
      Setting other = settings.get(setting.getKey());
      if (other != null && !other.value().equals(setting.getValue())) {
        return Optional.of(
            new Problem(
                file.toString(),
                setting.getKey(),
                "has another value than in " + other.file(),
                "Give both the same value, or run each app in a process of its own."));
      }
    }
    own.forEach((key, value) -> settings.putIfAbsent(key, new Setting(file, value)));
    return Optional.empty();
  }

  /** Rejects each function whose name an earlier app uses already. */
  static List<FunctionApp> distinctNames(List<FunctionApp> apps) {
    Map<String, FunctionApp> owners = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List<FunctionApp> distinct = new ArrayList<>();
    for (FunctionApp app : apps) {
      List<FunctionDefinition> kept = new ArrayList<>();
      List<RejectedFunction> rejected = new ArrayList<>(app.rejected());
      for (FunctionDefinition function : app.functions()) {
        FunctionApp owner = owners.putIfAbsent(function.name(), app);
        if (owner == null) {
          kept.add(function);
        } else {
          rejected.add(new RejectedFunction(function.name(), List.of(taken(function, app, owner))));
        }
      }
      distinct.add(app.withDiscovery(new Discovery(kept, rejected)));
    }
    return distinct;
  }

  private static Problem taken(FunctionDefinition function, FunctionApp app, FunctionApp owner) {
    return new Problem(
        "function '" + function.name() + "'",
        "name",
        "is used in " + place(owner) + " and in " + place(app) + " (case does not count)",
        "Rename one, or run each app in a process of its own with its own storage account.");
  }

  private static String place(FunctionApp app) {
    return app.layout().appJars().getFirst().toString();
  }
}
