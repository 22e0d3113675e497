package dev.roost.emulator.cli;

import dev.roost.emulator.ServiceBusEmulator;
import dev.roost.emulator.config.QueueConfig;
import dev.roost.emulator.config.SubscriptionConfig;
import dev.roost.emulator.config.TopicConfig;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.BindingException;
import dev.roost.spi.Connection;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.LocalServiceProvider;
import dev.roost.spi.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts the emulator for connections that say {@code UseDevelopmentEmulator=true} and that nobody
 * answers, with the entities that the functions name.
 */
public final class LocalNamespaces implements LocalServiceProvider {
  private static final Logger LOG = System.getLogger("Host.Startup");
  private static final Pattern EMULATED =
      Pattern.compile("(?i)(^|.*;)\\s*UseDevelopmentEmulator\\s*=\\s*true\\s*(;.*|$)");
  private static final Pattern LOCAL =
      Pattern.compile(
          "(?i)(^|.*;)\\s*Endpoint\\s*=\\s*sb://(localhost|127\\.0\\.0\\.1)(:(\\d{1,5}))?/?\\s*(;.*|$)");
  private static final int PORT_GROUP = 4;
  private static final int USUAL_PORT = 5672;
  private static final int ANSWER_MILLIS = 500;
  private static final String DEAD_LETTERS = "/$deadletterqueue";

  /** For ServiceLoader. */
  public LocalNamespaces() {}

  @Override
  public List<AutoCloseable> start(List<FunctionDefinition> functions, Settings settings) {
    Map<Integer, Entities> wanted = new TreeMap<>();
    for (FunctionDefinition function : functions) {
      for (BindingDefinition binding : function.bindings()) {
        if (binding.type().toLowerCase(Locale.ROOT).startsWith("servicebus")) {
          port(binding, settings)
              .ifPresent(
                  port -> wanted.computeIfAbsent(port, _ -> new Entities()).add(binding, settings));
        }
      }
    }
    List<AutoCloseable> started = new ArrayList<>();
    wanted.forEach((port, entities) -> {
      if (!answers(port)) {
        begin(port, entities).ifPresent(started::add);
      }
    });
    return started;
  }

  private static Optional<ServiceBusEmulator> begin(int port, Entities entities) {
    try {
      ServiceBusEmulator emulator = entities.on(port);
      LOG.log(
          Level.INFO,
          "The Service Bus emulator listens on 127.0.0.1:{0}; what it holds ends with this process",
          Integer.toString(port));
      return Optional.of(emulator);
    } catch (UncheckedIOException e) {
      LOG.log(
          Level.WARNING,
          "The Service Bus emulator could not be started on 127.0.0.1:{0}: {1}",
          Integer.toString(port),
          e.getMessage());
      return Optional.empty();
    }
  }

  /** Where the emulator of a binding's connection is to be; empty when it names a real one. */
  private static Optional<Integer> port(BindingDefinition binding, Settings settings) {
    Optional<String> name = filled("connection", binding.text("connection"), settings);
    return Connection.find(settings, name.orElse("ServiceBus"))
        .filter(Connection.Text.class::isInstance)
        .map(connection -> ((Connection.Text) connection).value())
        .filter(value -> EMULATED.matcher(value).matches())
        .map(LOCAL::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(PORT_GROUP))
        .map(Integer::valueOf)
        .or(() -> usual(settings, name.orElse("ServiceBus")));
  }

  private static Optional<Integer> usual(Settings settings, String name) {
    return Connection.find(settings, name)
        .filter(Connection.Text.class::isInstance)
        .map(connection -> ((Connection.Text) connection).value())
        .filter(value -> EMULATED.matcher(value).matches() && LOCAL.matcher(value).matches())
        .map(_ -> USUAL_PORT);
  }

  /** A text with its settings; empty when it is absent, or names what only an event knows. */
  private static Optional<String> filled(String key, Optional<String> raw, Settings settings) {
    if (raw.isEmpty() || raw.get().contains("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(settings.fill(key, raw.get()));
    } catch (BindingException _) { // the function says so when it is opened
      return Optional.empty();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** What the functions of one namespace name. */
  private static final class Entities {
    private final Map<String, QueueConfig> queues = new LinkedHashMap<>();
    private final Map<String, Map<String, QueueConfig>> topics = new LinkedHashMap<>();

    void add(BindingDefinition binding, Settings settings) {
      boolean sessions = binding.flag("isSessionsEnabled", false);
      filled("queueName", binding.text("queueName"), settings)
          .map(Entities::bare)
          .ifPresent(name -> queues.merge(name, queue(name, sessions), Entities::stricter));
      filled("topicName", binding.text("topicName"), settings)
          .ifPresent(topic -> {
            Map<String, QueueConfig> inside =
                topics.computeIfAbsent(topic, _ -> new LinkedHashMap<>());
            filled("subscriptionName", binding.text("subscriptionName"), settings)
                .map(Entities::bare)
                .ifPresent(name -> inside.merge(name, queue(name, sessions), Entities::stricter));
          });
    }

    private static QueueConfig queue(String name, boolean sessions) {
      return sessions ? QueueConfig.queue(name).withSessions() : QueueConfig.queue(name);
    }

    /** An output does not say whether its queue has sessions; a trigger does. */
    private static QueueConfig stricter(QueueConfig one, QueueConfig other) {
      return one.requiresSession() ? one : other;
    }

    private static String bare(String name) {
      return name.toLowerCase(Locale.ROOT).endsWith(DEAD_LETTERS)
          ? name.substring(0, name.length() - DEAD_LETTERS.length())
          : name;
    }

    ServiceBusEmulator on(int port) {
      var builder = ServiceBusEmulator.builder().port(port);
      queues.values().forEach(builder::queue);
      topics.forEach((name, subscriptions) -> {
        TopicConfig topic = TopicConfig.topic(name);
        for (QueueConfig subscription : subscriptions.values()) {
          topic = topic.with(SubscriptionConfig.of(subscription));
        }
        builder.topic(topic);
      });
      return builder.start();
    }
  }
}
