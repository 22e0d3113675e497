package dev.roost.host.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.ref.Reference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogLevelsTest {
  @AfterEach
  void reset() {
    Reference.reachabilityFence(LogLevels.apply(JsonNodeFactory.instance.objectNode()));
    Logger.getLogger("Function.Orders").setLevel(null);
  }

  @Test
  void areInformationForFunctionsAndSilentForTheStorageClient() {
    LogLevels levels = LogLevels.apply(JsonNodeFactory.instance.objectNode());
    assertThat(Logger.getLogger("Function.X").isLoggable(Level.INFO)).isTrue();
    assertThat(Logger.getLogger("Function.X").isLoggable(Level.FINE)).isFalse();
    assertThat(Logger.getLogger("com.azure.storage").isLoggable(Level.SEVERE)).isFalse();
    Reference.reachabilityFence(levels);
  }

  @Test
  void holdForACategoryAndAllBelowIt() {
    ObjectNode configured = JsonNodeFactory.instance.objectNode();
    configured.put("default", "Warning").put("Function.Orders", "Debug");
    configured.put("com.azure", "Error");
    LogLevels levels = LogLevels.apply(configured);
    assertThat(Logger.getLogger("Function.Orders.User").isLoggable(Level.FINE)).isTrue();
    assertThat(Logger.getLogger("Function.Other").isLoggable(Level.INFO)).isFalse();
    assertThat(Logger.getLogger("Function.Other").isLoggable(Level.WARNING)).isTrue();
    assertThat(Logger.getLogger("com.azure.storage").isLoggable(Level.SEVERE)).isTrue();
    Reference.reachabilityFence(levels);
  }
}
