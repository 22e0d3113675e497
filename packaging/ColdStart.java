import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes a distribution start faster: takes the signatures out of its jars, which the JVM would
 * verify at each start and whose classes no cache takes, and trains the AOT cache {@code
 * lib/roost.aot} with one real start.
 *
 * <pre>java packaging/ColdStart.java DISTRIBUTION APP [PATH]...</pre>
 *
 * PATH is what is asked of the app while it trains, for example /api/greetings/Ada. Options of the
 * JVM that the host will run with, such as its collector, go into ROOST_JAVA_OPTS. The JVM that
 * runs this trains the cache, and only the same JVM can use it; any other ignores it.
 */
final class ColdStart {
  private static final Pattern PORT = Pattern.compile("Host started on [0-9a-f.:]+?:(\\d+)");

  private ColdStart() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < 2) {
      System.err.println("usage: java ColdStart.java DISTRIBUTION APP [PATH]...");
      System.exit(64);
    }
    Path lib = Path.of(args[0]).toAbsolutePath().resolve("lib");
    int unsigned = 0;
    try (Stream<Path> files = Files.list(lib)) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        unsigned += unsign(jar) ? 1 : 0;
        // The cache remembers the time in seconds, and the tar of an image's layer rounds it.
        long seconds = Files.getLastModifiedTime(jar).to(TimeUnit.SECONDS);
        Files.setLastModifiedTime(jar, FileTime.from(seconds, TimeUnit.SECONDS));
      }
    }
    System.out.println("signatures taken out of " + unsigned + " jars");
    Path cache = lib.resolve("roost.aot");
    Files.deleteIfExists(cache);
    train(lib, cache, args);
    if (!Files.exists(cache)) {
      System.err.println("the JVM wrote no cache");
      System.exit(1);
    }
    System.out.println(cache + ": " + Files.size(cache) / 1_000_000 + " MB");
  }

  private static boolean unsign(Path jar) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Path folder = zip.getPath("META-INF");
      if (!Files.isDirectory(folder)) {
        return false;
      }
      List<Path> signatures;
      try (Stream<Path> files = Files.list(folder)) {
        signatures = files.filter(file -> file.toString().matches(".*\\.(SF|RSA|DSA|EC)")).toList();
      }
      for (Path signature : signatures) {
        Files.delete(signature);
      }
      return !signatures.isEmpty();
    }
  }

  private static void train(Path lib, Path cache, String[] args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String options = System.getenv().getOrDefault("ROOST_JAVA_OPTS", "").strip();
    if (!options.isEmpty()) {
      command.addAll(List.of(options.split("\\s+")));
    }
    command.add("-XX:AOTCacheOutput=" + cache);
    command.addAll(List.of("-jar", lib.resolve("roost-host.jar").toString(), "start", args[1]));
    command.addAll(List.of("--port", "0", "--address", "127.0.0.1", "--dev", "--log", "text"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // As in a container whose storage can't be reached: nothing is stored while training.
    builder.environment().putIfAbsent("AzureWebJobsStorage", "UseDevelopmentStorage=true");
    builder.environment().putIfAbsent("AzureFunctionsWebHost__hostid", "training");
    Process process = builder.start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        System.out.println("| " + line);
        Matcher port = PORT.matcher(line);
        if (port.find()) {
          ask(port.group(1), args);
          process.toHandle().destroy(); // the JVM writes the cache when it ends
        }
      }
    }
    process.waitFor();
  }

  private static void ask(String port, String[] args) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      List<String> paths = new ArrayList<>(List.of("/runtime/health/ready"));
      paths.addAll(List.of(args).subList(2, args.length));
      for (String path : paths) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        System.out.println("| GET " + path + " " + status);
      }
    }
  }
}
