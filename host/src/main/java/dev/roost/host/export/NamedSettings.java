package dev.roost.host.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.Connection;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings that functions name: in {@code %percent%} signs, and as connections. */
final class NamedSettings {
  private static final Pattern NAMED = Pattern.compile("%([^%]+)%");

  private NamedSettings() {}

  /** Their names, a connection by its text or by each key of its identity section. */
  static Set<String> of(List<FunctionDefinition> functions, Settings settings) {
    Set<String> names = new TreeSet<>();
    for (FunctionDefinition function : functions) {
      for (BindingDefinition binding : function.bindings()) {
        for (JsonNode value : binding.properties()) {
          Matcher named = NAMED.matcher(value.asText());
          while (named.find()) {
            names.add(named.group(1));
          }
        }
        connection(binding).ifPresent(name -> names.addAll(variables(name, settings)));
      }
    }
    return names;
  }

  private static Optional<String> connection(BindingDefinition binding) {
    String type = binding.type().toLowerCase(Locale.ROOT);
    if (type.startsWith("servicebus")) {
      return Optional.of(binding.text("connection").orElse("AzureWebJobsServiceBus"));
    }
    return type.matches("(queue|blob|table).*")
        ? Optional.of(binding.text("connection").orElse("AzureWebJobsStorage"))
        : Optional.empty();
  }

  private static List<String> variables(String connection, Settings settings) {
    return Connection.find(settings, connection)
        .map(found ->
            switch (found) {
              case Connection.Text text -> List.of(text.origin());
              case Connection.Identity identity ->
                  identity.section().keySet().stream()
                      .map(key -> identity.origin() + "__" + key)
                      .toList();
            })
        .orElse(List.of(connection));
  }
}
