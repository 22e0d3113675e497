package clash;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.netty.util.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.slf4j.LoggerFactory;

/** Tells from the inside what an app sees. */
public class Checker {

  /** Where the class of this name comes from: a file, {@code the JDK}, or {@code nowhere}. */
  @FunctionName("WhereFrom")
  public String whereFrom(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<String> request) {
    try {
      CodeSource source =
          Class.forName(request.getQueryParameters().get("type"))
              .getProtectionDomain()
              .getCodeSource();
      return source == null
          ? "the JDK"
          : Path.of(source.getLocation().getPath()).getFileName().toString();
    } catch (ClassNotFoundException e) {
      return "nowhere";
    }
  }

  /** Uses the libraries: a class that links is not yet a class that works. */
  @FunctionName("Use")
  public String use(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<String> request)
      throws IOException {
    return "jackson "
        + new ObjectMapper().version()
        + " reads "
        + new ObjectMapper().readTree("{\"a\":1}").get("a")
        + ", netty "
        + Version.identify(Checker.class.getClassLoader()).get("netty-common").artifactVersion();
  }

  /** What an app expects of its process. */
  @FunctionName("Surroundings")
  public String surroundings(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<String> request)
      throws IOException {
    return "SALUTATION=%s in %s with %s"
        .formatted(
            System.getenv("SALUTATION"),
            Path.of("").toAbsolutePath(),
            Files.readString(Path.of("data/note.txt")));
  }

  /** Writes a line in each of the ways an app has; answers its invocation id. */
  @FunctionName("Speak")
  public String speak(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<String> request,
      ExecutionContext context) {
    System.out.println("through System.out {0}");
    System.err.println("through System.err");
    LoggerFactory.getLogger("clash.Slf4j").warn("through slf4j {}", 1);
    java.util.logging.Logger.getLogger("clash.Jul").info("through java.util.logging");
    System.getLogger("clash.System").log(System.Logger.Level.INFO, "through System.Logger");
    context.getLogger().info("through the context");
    return context.getInvocationId();
  }

  /** Leaves a hook that shall still run when the host is told to end. */
  @FunctionName("Hook")
  public String hook(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<String> request) {
    Path file = Path.of(request.getQueryParameters().get("file"));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              try {
                Files.writeString(file, "the hook ran");
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            }));
    return "registered";
  }
}
