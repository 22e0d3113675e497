package dev.roost.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.roost.spi.BindingDefinition;
import dev.roost.spi.Direction;
import dev.roost.spi.FunctionDefinition;
import dev.roost.spi.HostServices;
import dev.roost.spi.Outcome;
import dev.roost.spi.Problem;
import dev.roost.spi.ReadApp;
import dev.roost.storage.blob.Explanation.Verdict;
import dev.roost.testkit.Await;
import dev.roost.testkit.TestHost;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BlobExplainerTest {
  private static final String ID = "Host.Functions.Thumb";

  private final BlobAccount account = new BlobAccount();
  private final String container = BlobAccount.unique("explain");
  private final TestHost host = account.host();
  private final List<FunctionDefinition> functions = new ArrayList<>();
  private String[] trigger = {"path", container + "/in/{name}.png"};

  /** The binding of a function; the tests' functions have one each. */
  private void function(String name, String type, String... properties) {
    BindingDefinition binding = BlobAccount.binding(type, Direction.IN, properties);
    functions.add(host.context(name, binding).function());
  }

  private Explanation explain(String path) throws Exception {
    if (functions.isEmpty()) {
      function("Thumb", "blobTrigger", trigger);
    }
    return BlobExplainer.explain(host, functions, "thumb", path);
  }

  private Explanation explainA() throws Exception {
    return explain(container + "/in/a.png");
  }

  private String put() {
    return account.put(container, "in/a.png", "picture");
  }

  private static List<String> found(Explanation explanation, String about) {
    return explanation.findings().stream()
        .filter(finding -> finding.about().startsWith(about))
        .map(Explanation.Finding::found)
        .toList();
  }

  /** Runs the function until it had one run, then ends the host. */
  private void run(Outcome outcome) throws Exception {
    try (BlobHost running = new BlobHost(host)) {
      running.outcome = _ -> outcome;
      running.function("Thumb", trigger).start();
      running.awaitRuns(1);
      Await.until("it is settled", BlobHost.LIMIT, () -> running.settled.get() > 0);
      // The position is noted when the first sweep is completed.
      Await.until(
          "a sweep is noted",
          BlobHost.LIMIT,
          () -> new ScanInfo(host, "devstoreaccount1", container).load().lastSweep().isPresent());
    }
  }

  @Test
  void knowsWhichFunctionsThereAre() throws Exception {
    function("Other", "blobTrigger", trigger);

    Explanation answer = explainA();

    assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN_FUNCTION);
    assertThat(answer.why()).isEqualTo("The app has no function 'thumb'; it has Other");
  }

  @Test
  void knowsThatAnotherTriggerHasNoBlobs() throws Exception {
    function("Thumb", "queueTrigger", "queueName", "orders");

    assertThat(explainA().verdict()).isEqualTo(Verdict.NOT_A_BLOB_TRIGGER);
  }

  @Test
  void namesTheSettingThatDisablesAFunction() throws Exception {
    host.values.put("AzureWebJobs.Thumb.Disabled", "true");

    Explanation answer = explainA();

    assertThat(answer.verdict()).isEqualTo(Verdict.DISABLED);
    assertThat(answer.why()).contains("AzureWebJobs.Thumb.Disabled in the environment");
  }

  @Test
  void tellsWhatKeepsAFunctionFromRunning() throws Exception {
    trigger = new String[] {"path", "{container}/x"};

    Explanation answer = explainA();

    assertThat(answer.verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(answer.why()).contains("has braces in its container");
  }

  @Test
  void tellsThatItWatchesAnotherContainer() throws Exception {
    Explanation answer = explain("elsewhere/in/a.png");

    assertThat(answer.verdict()).isEqualTo(Verdict.OTHER_CONTAINER);
    assertThat(answer.why())
        .isEqualTo("'Thumb' watches container '%s', not 'elsewhere'".formatted(container));
  }

  @Test
  void tellsWhichPartOfTheNameDoesNotMatch() throws Exception {
    assertThat(explain(container + "/out/a.png").why()).endsWith("it does not begin with 'in/'");
    assertThat(explain(container + "/in/a.jpg").why())
        .endsWith("there is no '.png' behind what comes before it in the pattern");
    assertThat(explain(container + "/in/a.png.bak").why()).endsWith("it does not end with '.png'");
    assertThat(explain(container + "/in/a.PNG").why())
        .endsWith("it matches but for upper and lower case, which count in names of blobs");
    assertThat(explain(container + "/x").verdict()).isEqualTo(Verdict.OTHER_NAME);
  }

  @Test
  void tellsThatThereIsNoBlob() throws Exception {
    assertThat(explainA().why()).isEqualTo("There is no blob '" + container + "/in/a.png'");

    put();
    assertThat(explain(container + "/in/b.png").verdict()).isEqualTo(Verdict.NO_BLOB);
  }

  @Test
  void tellsThatNobodyHasSweptYet() throws Exception {
    put();

    Explanation answer = explainA();

    assertThat(answer.verdict()).isEqualTo(Verdict.NOT_SWEPT_YET);
    assertThat(answer.why()).contains("is a host running that has it?");
    assertThat(found(answer, "last sweep")).containsExactly("none is noted (noted once a minute)");
  }

  @Test
  void tellsWhoTookItInAndWhen() throws Exception {
    put();
    run(new Outcome.Succeeded(dev.roost.spi.Payload.EMPTY));

    Explanation answer = explainA();

    assertThat(answer.verdict()).isEqualTo(Verdict.TAKEN);
    assertThat(answer.why())
        .startsWith("It was taken in at 20")
        .contains("by host test-instance")
        .endsWith("it ran, or runs now");
    assertThat(found(answer, "pattern")).first().asString().contains("name=a");
  }

  @Test
  void tellsOfOlderVersionsAndOfTheLastSweep() throws Exception {
    String old = put();
    run(new Outcome.Succeeded(dev.roost.spi.Payload.EMPTY));
    put();

    Explanation answer = explainA();

    assertThat(answer.verdict()).isEqualTo(Verdict.NOT_SWEPT_YET);
    assertThat(answer.why()).isEqualTo("No sweep has found it yet: the next one does");
    assertThat(found(answer, "receipt"))
        .hasSize(2)
        .element(1)
        .asString()
        .contains("of older version " + FoundBlob.quoted(old));
    assertThat(found(answer, "last sweep")).first().asString().contains("by host test-instance");
    account.blob(container, "in/a.png").delete();
    assertThat(explainA().why()).contains("any more; versions of it were taken in before");
  }

  @Test
  void tellsHowOftenItFailedSoFar() throws Exception {
    put();
    run(
        new Outcome.Failed(
            new IllegalStateException("no colours"), false, Optional.of(Duration.ofHours(1))));

    Explanation answer = explainA();

    assertThat(answer.verdict()).isEqualTo(Verdict.FAILING);
    assertThat(answer.why())
        .contains("1 failed attempts", "java.lang.IllegalStateException: no colours");
  }

  @Test
  void tellsThatItIsPoison() throws Exception {
    put();
    run(new Outcome.Failed(new IllegalStateException("no"), true, Optional.empty()));

    Explanation answer = explainA();

    assertThat(answer.verdict()).isEqualTo(Verdict.POISON);
    assertThat(answer.why())
        .contains("the function said that no retry can help")
        .contains("roost poison show webjobs-blobtrigger-poison ");
  }

  @Test
  void tellsThatItWaitsInTheInternalQueue() throws Exception {
    String etag = put();
    var queue = account.queue(BlobMessage.queue(host.hostId));
    queue.createIfNotExists();
    queue.sendMessage(
        new BlobMessage(
                ID, "BlockBlob", new BlobPath(container, "in/a.png"), FoundBlob.quoted(etag), false)
            .wire());

    assertThat(explainA().verdict()).isEqualTo(Verdict.QUEUED);
  }

  @Test
  void tellsThatASweepDidNotFinish() throws Exception {
    String etag = FoundBlob.quoted(put());
    var receipts = account.blobs.getBlobContainerClient("azure-webjobs-hosts");
    receipts.createIfNotExists();
    var receipt =
        receipts.getBlobClient(ReceiptPath.of(host.hostId, ID, etag, container, "in/a.png"));
    receipt.upload(BinaryData.fromString(""));
    receipt.setMetadata(Map.of("Incomplete", "Incomplete"));

    assertThat(explainA().verdict()).isEqualTo(Verdict.HALF_TAKEN);

    receipt.setMetadata(Map.of());
    assertThat(explainA().why()).as("the official host's").contains("by a host that left no name");
  }

  @Test
  void tellsThatItIsBeingWritten() throws Exception {
    put();
    var lease =
        new BlobLeaseClientBuilder().blobClient(account.blob(container, "in/a.png")).buildClient();
    lease.acquireLease(60);
    assertThat(explainA().why()).startsWith("Somebody holds a lease on the blob");
    lease.releaseLease();

    var log = account.blob(container, "in/log.png").getAppendBlobClient();
    log.create();
    assertThat(explain(container + "/in/log.png").verdict()).isEqualTo(Verdict.BEING_WRITTEN);
  }

  @Test
  void tellsThatItIsOlderThanTheStart() throws Exception {
    host.functionSettings.put(
        "Thumb", JsonNodeFactory.instance.objectNode().put("startFrom", "2090-01-01T00:00:00Z"));
    put();
    noted("2090-01-01T00:00:00Z", Instant.parse("2090-01-01T00:00:00Z"), Instant.EPOCH, true);

    Explanation answer = explainA();

    assertThat(answer.verdict()).isEqualTo(Verdict.BEFORE_START);
    assertThat(answer.why()).contains("startFrom 2090-01-01T00:00:00Z");
  }

  @Test
  void tellsThatTheFirstSweepIsNotOver() throws Exception {
    put();
    noted("beginning", Instant.EPOCH, Instant.EPOCH, false);

    assertThat(explainA().why()).isEqualTo("The first sweep of the container is not completed");
  }

  @Test
  void tellsThatTheWatermarkHasPassedIt() throws Exception {
    put();
    noted("beginning", Instant.EPOCH, Instant.parse("2090-01-01T00:00:00Z"), true);

    assertThat(explainA().verdict()).isEqualTo(Verdict.PASSED_OVER);
  }

  private void noted(String start, Instant from, Instant scanned, boolean begun) throws Exception {
    new ScanInfo(host, "devstoreaccount1", container)
        .save(
            new Position(
                scanned,
                Map.of(
                    ID,
                    new Position.Registration(
                        container + "/in/{name}.png", start, Optional.of(from), begun)),
                Optional.empty()));
  }

  @Test
  void tellsThatEventGridKeepsNoTrace() throws Exception {
    trigger = new String[] {"path", container + "/in/{name}.png", "source", "EventGrid"};
    put();

    Explanation answer = explainA();

    assertThat(answer.verdict()).isEqualTo(Verdict.BY_EVENT);
    assertThat(answer.findings())
        .extracting(Explanation.Finding::about)
        .doesNotContain("watermark");
  }

  @Test
  void findsItInTheQueueOfEventGrid() throws Exception {
    trigger = new String[] {"path", container + "/in/{name}.png", "source", "EventGrid"};
    String name = BlobAccount.unique("events");
    host.functionSettings.put(
        "Thumb", JsonNodeFactory.instance.objectNode().put("eventQueue", name));
    put();
    String event =
        """
        {"eventType": "Microsoft.Storage.BlobCreated", "data": {"eTag": "1"},
         "subject": "/blobServices/default/containers/%s/blobs/in/a.png"}\
        """
            .formatted(container);
    var queue = account.queue(name);
    queue.createIfNotExists();
    queue.sendMessage(Base64.getEncoder().encodeToString(event.getBytes(StandardCharsets.UTF_8)));

    Explanation answer = explainA();

    assertThat(answer.verdict()).isEqualTo(Verdict.QUEUED);
    assertThat(answer.why()).contains("'" + name + "'");
  }

  @Test
  void answersOnTheCommandLine() throws Exception {
    function("Thumb", "blobTrigger", trigger);
    String path = container + "/in/a.png";

    assertThat(command(0, "blob", "Thumb", path))
        .contains("There is no blob '" + path + "'")
        .contains("  pattern");
    assertThat(
            JsonMapper.builder()
                .build()
                .readTree(command(0, "blob", "Thumb", path, "--json"))
                .path("verdict")
                .asText())
        .isEqualTo("NO_BLOB");
    assertThat(command(65, "blob", "Nobody", path)).contains("it has Thumb");
    assertThat(command(65, "blob", "Thumb", "nonsense")).contains("Write it as container/name");
    assertThat(command(2)).contains("Say what to explain: blob");
  }

  private String command(int exit, String... args) {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out, true);
    CommandLine line = new CommandLine(new ExplainCommand(_ -> new App(functions, host)));
    assertThat(line.setOut(printer).setErr(printer).execute(args)).isEqualTo(exit);
    return out.toString();
  }

  private record App(List<FunctionDefinition> functions, HostServices host) implements ReadApp {
    @Override
    public List<Problem> problems() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
