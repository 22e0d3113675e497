package dev.roost.host.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roost.host.app.TestJar;
import dev.roost.spi.BindingDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bindings of one method, as azure-functions-maven-plugin 1.22.0 wrote them. */
class MethodReaderTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String MINE =
      """
      @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
      @CustomBinding(name = "mm", type = "mineTrigger", direction = "in")
      public @interface Mine {
        String path() default "/";
        String type() default "x";
        String name() default "";
        int[] n() default {1};
      }
      """;

  @TempDir private Path folder;

  /** Each method beside the bindings that azure-functions-maven-plugin 1.22.0 wrote for it. */
  static Stream<Arguments> methods() {
    return Stream.of(
        method(
            """
            public HttpResponseMessage f(@HttpTrigger(name = "r") HttpRequestMessage<String> r) {
              return null;
            }
            """,
            """
            {"type":"httpTrigger","direction":"in","name":"r","methods":[],"authLevel":"FUNCTION"}
            {"type":"http","direction":"out","name":"$return"}
            """),
        method(
            """
            public void f(@HttpTrigger(name = "r", route = "", methods = {HttpMethod.GET, HttpMethod.POST},
                authLevel = AuthorizationLevel.ANONYMOUS) String r,
                @HttpOutput(name = "$RETURN") OutputBinding<String> o) {}
            """,
            """
            {"type":"httpTrigger","direction":"in","name":"r","methods":["GET","POST"],"authLevel":"ANONYMOUS"}
            {"type":"http","direction":"out","name":"$RETURN"}
            """),
        method(
            """
            public String f(@HttpTrigger(name = "r", methods = HttpMethod.GET) String r,
                @QueueOutput(name = "$return", queueName = "q", connection = "C") OutputBinding<String> o) {
              return "";
            }
            """,
            """
            {"type":"httpTrigger","direction":"in","name":"r","methods":["GET"],"authLevel":"FUNCTION"}
            {"type":"queue","direction":"out","name":"$return","queueName":"q","connection":"C"}
            """),
        method(
            """
            @QueueOutput(name = "lost", queueName = "out") @StorageAccount("Acc")
            public String f(@QueueTrigger(name = "m", queueName = "in", dataType = "") String m,
                @TableOutput(name = "t", tableName = "T", connection = "Own") OutputBinding<String> t,
                @BindingName("Id") String id, ExecutionContext c) {
              return m;
            }
            """,
            """
            {"type":"queueTrigger","direction":"in","name":"m","queueName":"in","connection":"Acc"}
            {"type":"table","direction":"out","name":"t","tableName":"T","connection":"Own"}
            {"type":"queue","direction":"out","name":"$return","queueName":"out","connection":"Acc"}
            """),
        method(
            """
            @QueueOutput(name = "o", queueName = "out", connection = "C")
            public void f(@TimerTrigger(name = "t", schedule = "0 * * * * *") String t) {}
            """,
            """
            {"type":"timerTrigger","direction":"in","name":"t","schedule":"0 * * * * *"}
            """),
        method(
            """
            @QueueOutput(name = "o", queueName = "out", connection = "C")
            public Void f(@TimerTrigger(name = "t", schedule = "0 * * * * *") String t) { return null; }
            """,
            """
            {"type":"timerTrigger","direction":"in","name":"t","schedule":"0 * * * * *"}
            {"type":"queue","direction":"out","name":"$return","queueName":"out","connection":"C"}
            """),
        method(
            """
            public void f(@EventHubTrigger(name = "e", eventHubName = "h", connection = "C") List<String> e) {}
            """,
            """
            {"type":"eventHubTrigger","direction":"in","name":"e","eventHubName":"h","connection":"C","cardinality":"MANY"}
            """),
        method(
            """
            public void f(@ServiceBusQueueTrigger(name = "s", queueName = "q", connection = "C",
                cardinality = Cardinality.ONE, isSessionsEnabled = true) String s) {}
            """,
            """
            {"type":"serviceBusTrigger","direction":"in","name":"s","queueName":"q","connection":"C","isSessionsEnabled":true}
            """),
        method(
            """
            public void f(@CosmosDBTrigger(name = "c", databaseName = "d", containerName = "k",
                connection = "C", feedPollDelay = 5000, maxItemsPerInvocation = 7) String c) {}
            """,
            """
            {"type":"cosmosDBTrigger","direction":"in","name":"c","databaseName":"d","containerName":"k","connection":"C","maxItemsPerInvocation":7}
            """),
        method(
            "public void f(@WarmupTrigger Object w) {}",
            """
            {"type":"warmupTrigger","direction":"in","name":"warmupContext"}
            """),
        method(
            """
            public void f(@Mine(path = "p", type = "otherTrigger") String m,
                @CustomBinding(name = "z", type = "sql", direction = "out") OutputBinding<String> z) {}
            """,
            """
            {"type":"otherTrigger","direction":"in","name":"mm","path":"p","n":[1]}
            {"type":"sql","direction":"out","name":"z"}
            """));
  }

  private static Arguments method(String source, String bindings) {
    return Arguments.of(source, bindings);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void readsTheBindingsThatTheMavenPluginWrites(String method, String bindings) throws Exception {
    Path jar =
        TestJar.functions("@FunctionName(\"F\") " + method)
            .type("app.Mine", MINE)
            .jar(folder.resolve("app.jar"));
    Discovery discovery = new AnnotationScanner(folder, List.of(jar), List.of()).scan();
    assertThat(discovery.rejected()).isEmpty();
    assertThat(discovery.functions().getFirst().bindings()).isEqualTo(bindings(bindings));
  }

  static List<BindingDefinition> bindings(String lines) {
    return lines.lines().map(MethodReaderTest::binding).toList();
  }

  private static BindingDefinition binding(String json) {
    try {
      ObjectNode node = (ObjectNode) JSON.readTree(json);
      String type = node.remove("type").asText();
      String direction = node.remove("direction").asText();
      String name = node.remove("name").asText();
      return new BindingDefinition(name, type, Directions.parse(direction).orElseThrow(), node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
