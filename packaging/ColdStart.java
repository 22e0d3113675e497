import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes a distribution start faster: takes the signatures out of its jars, which the JVM would
 * verify at each start and whose classes no cache takes, and trains the AOT cache {@code
 * lib/roost.aot} with one real start. A cache that fits already is kept.
 *
 * <pre>java packaging/ColdStart.java DISTRIBUTION APP [PATH]...</pre>
 *
 * APP is a folder. PATH is what is asked of the app while it trains, for example /api/greetings/Ada. FUNCTIONS in
 * the environment names those that run meanwhile; all without it. Options of the JVM that the host
 * will run with, such as its collector, go into ROOST_JAVA_OPTS. The JVM that runs this trains the
 * cache, and only the same JVM can use it; any other ignores it. Exit code 1: there is no cache,
 * and the distribution works without.
 */
final class ColdStart {
  private static final Pattern PORT = Pattern.compile("Host started on [0-9a-f.:]+?:(\\d+)");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Refuses every connection: training touches nobody's storage, emulated or not. */
  private static final String NO_STORAGE =
      "DefaultEndpointsProtocol=http;AccountName=training;AccountKey=dHJhaW5pbmc=;"
          + "BlobEndpoint=http://127.0.0.1:1/training;QueueEndpoint=http://127.0.0.1:1/training;"
          + "TableEndpoint=http://127.0.0.1:1/training;";

  private final Path lib;
  private final Path cache;

  /** Which jars the cache was trained for. */
  private final Path trainedFor;
  private final List<String> output = new ArrayList<>();

  private ColdStart(Path lib) {
    this.lib = lib;
    this.cache = lib.resolve("roost.aot");
    this.trainedFor = lib.resolve("roost.aot.jars");
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < 2) {
      System.err.println("usage: java ColdStart.java DISTRIBUTION APP [PATH]...");
      System.exit(64);
    }
    ColdStart start = new ColdStart(Path.of(args[0]).toAbsolutePath().normalize().resolve("lib"));
    start.unsignJars();
    if (start.knowsItsJars() && start.fits()) {
      System.out.println(start.cache + " fits already");
      return;
    }
    Files.deleteIfExists(start.cache);
    boolean ended = start.train(args[1], List.of(args).subList(2, args.length));
    if (!ended || !start.fits()) {
      Files.deleteIfExists(start.cache);
      start.output.forEach(line -> System.err.println("| " + line));
      System.err.println("No AOT cache was made; the host starts without one, more slowly.");
      System.exit(1);
    }
    Files.writeString(start.trainedFor, start.described());
    System.out.println(start.cache + ": " + Files.size(start.cache) / 1_000_000 + " MB");
  }

  private void unsignJars() throws IOException {
    int unsigned = 0;
    for (Path jar : jars()) {
      unsigned += unsign(jar) ? 1 : 0;
      // The cache remembers the time in seconds, and the tar of an image's layer rounds it.
      long seconds = Files.getLastModifiedTime(jar).to(TimeUnit.SECONDS);
      Files.setLastModifiedTime(jar, FileTime.from(seconds, TimeUnit.SECONDS));
    }
    System.out.println("signatures taken out of " + unsigned + " jars");
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

  /**
   * True when the cache was trained for these jars, which get the times back that they had then:
   * the JVM wants the times, but does not look at what a jar holds (JDK 25.0.3 takes a class from
   * the cache whose jar has changed since).
   */
  private boolean knowsItsJars() throws IOException {
    if (!Files.exists(trainedFor)) {
      return false;
    }
    Map<Path, FileTime> times = new HashMap<>();
    for (String line : Files.readAllLines(trainedFor)) {
      String[] words = line.split(" ");
      Path jar = lib.resolve(words[0]);
      if (words.length != 3 || !Files.exists(jar) || !digest(jar).equals(words[1])) {
        return false;
      }
      times.put(jar, FileTime.from(Long.parseLong(words[2]), TimeUnit.SECONDS));
    }
    if (!times.keySet().equals(Set.copyOf(jars()))) {
      return false;
    }
    for (Map.Entry<Path, FileTime> time : times.entrySet()) {
      Files.setLastModifiedTime(time.getKey(), time.getValue());
    }
    return true;
  }

  /** Name, digest and time of every jar. */
  private String described() throws IOException {
    StringBuilder described = new StringBuilder();
    for (Path jar : jars()) {
      long seconds = Files.getLastModifiedTime(jar).to(TimeUnit.SECONDS);
      described.append(jar.getFileName() + " " + digest(jar) + " " + seconds + "\n");
    }
    return described.toString();
  }

  private List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(lib)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static String digest(Path jar) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }

  /** Asks the JVM itself: in mode {@code on} it refuses a cache of another JVM. */
  private boolean fits() throws IOException, InterruptedException {
    return Files.exists(cache)
        && new ProcessBuilder(host(List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache), "--version"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0;
  }

  private List<String> host(List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String given = System.getenv().getOrDefault("ROOST_JAVA_OPTS", "").strip();
    if (!given.isEmpty()) {
      command.addAll(List.of(given.split("\\s+")));
    }
    command.addAll(options);
    command.addAll(List.of("-jar", lib.resolve("roost-host.jar").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** False when the host did not come up or did not end in time. */
  private boolean train(String app, List<String> paths) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("cold-start");
    try {
      return train(copy(Path.of(app), scratch.resolve("app")), scratch.resolve("index"), paths);
    } finally {
      delete(scratch);
    }
  }

  /** Without its local settings, for which the host would replace itself by another process. */
  private static Path copy(Path app, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(app)) {
      for (Path file : files.toList()) {
        Path copied = target.resolve(app.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copied);
        } else if (!copied.endsWith("local.settings.json")) {
          Files.copy(file, copied);
        }
      }
    }
    return target;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private boolean train(Path app, Path index, List<String> paths)
      throws IOException, InterruptedException {
    List<String> command =
        host(List.of("-XX:AOTCacheOutput=" + cache), "start", app.toString(), "--port", "0");
    command.addAll(List.of("--address", "127.0.0.1"));
    String functions = System.getenv().getOrDefault("FUNCTIONS", "");
    if (!functions.isBlank()) {
      command.addAll(List.of("--functions", functions));
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> settings = builder.environment();
    settings.putIfAbsent("AzureWebJobsStorage", NO_STORAGE);
    if (functions.isBlank()) {
      settings.putIfAbsent("AzureWebJobsServiceBus", ownServiceBus());
    }
    settings.putIfAbsent("AzureFunctionsWebHost__hostid", "training");
    settings.put("ROOST_INDEX", index.toString());
    // As in a container: Production, JSON lines, the app's folder, and nothing known of the app.
    builder.directory(app.toFile());
    Process process = builder.start();
    Thread reader = Thread.ofPlatform().daemon().start(() -> follow(process, paths));
    boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    reader.join();
    return ended;
  }

  /** A Service Bus that the host starts itself, on a port that nobody else uses. */
  private static String ownServiceBus() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return "Endpoint=sb://localhost:"
          + free.getLocalPort()
          + ";SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE"
          + ";UseDevelopmentEmulator=true;";
    }
  }

  private void follow(Process process, List<String> paths) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        Matcher port = PORT.matcher(line);
        if (port.find()) {
          ask(port.group(1), paths);
          process.toHandle().destroy(); // the JVM writes the cache when it ends
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ask(String port, List<String> paths) throws IOException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      List<String> all = new ArrayList<>(List.of("/runtime/health/ready"));
      all.addAll(paths);
      for (String path : all) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        output.add("GET " + path + " " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
