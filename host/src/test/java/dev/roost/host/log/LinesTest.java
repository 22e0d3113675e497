package dev.roost.host.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static final InvocationScope SCOPE = new InvocationScope("Orders", "id-1");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Handler handler;

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void install(LogOutput.Form form) {
    handler = LogOutput.install(form, out);
  }

  @AfterEach
  void remove() {
    Logger.getLogger("").removeHandler(handler);
  }

  @Test
  void tellTheInvocationOfAUsersLoggerFromAnyThread() throws InterruptedException {
    install(LogOutput.Form.TEXT);
    Logger user = UserLogger.of(SCOPE);
    Thread.ofPlatform().start(() -> user.log(Level.WARNING, "stock of {0} is low", "tea")).join();
    assertThat(lines()).hasSize(1);
    assertThat(lines().getFirst())
        .matches("\\S+Z Warning Function\\.Orders\\.User \\[Orders id-1]: stock of tea is low");
  }

  @Test
  void tellTheInvocationOfWhatIsPrinted() {
    install(LogOutput.Form.TEXT);
    PrintStream printed = PrintedLines.stream();
    ScopedValue.where(InvocationScope.CURRENT, SCOPE)
        .run(() -> printed.println("half {0} and\nwhole"));
    printed.println("outside");
    assertThat(lines()).hasSize(3);
    assertThat(lines().get(0)).endsWith("Function.Orders.User [Orders id-1]: half {0} and");
    assertThat(lines().get(1)).endsWith("Function.Orders.User [Orders id-1]: whole");
    assertThat(lines().get(2)).endsWith("Information Console: outside");
  }

  @Test
  void areOneJsonObjectEach() throws IOException {
    install(LogOutput.Form.JSON);
    UserLogger.of(SCOPE).log(Level.SEVERE, "it \"broke\"", new IllegalStateException("why"));
    assertThat(lines()).hasSize(1);
    JsonNode line = JsonMapper.builder().build().readTree(lines().getFirst());
    assertThat(line.path("level").asText()).isEqualTo("Error");
    assertThat(line.path("category").asText()).isEqualTo("Function.Orders.User");
    assertThat(line.path("function").asText()).isEqualTo("Orders");
    assertThat(line.path("invocationId").asText()).isEqualTo("id-1");
    assertThat(line.path("message").asText()).isEqualTo("it \"broke\"");
    assertThat(line.path("exception").asText()).contains("IllegalStateException: why");
    assertThat(line.path("timestamp").asText()).endsWith("Z");
  }
}
