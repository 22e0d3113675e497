package dev.roost.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.Direction;
import dev.roost.spi.InputProvider;
import dev.roost.spi.OutgoingBlob;
import dev.roost.spi.OutputProvider;
import dev.roost.spi.Payload;
import dev.roost.storage.account.StorageFault;
import dev.roost.testkit.TestHost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlobBindingTest {
  private final BlobAccount account = new BlobAccount();
  private final TestHost host = account.host();
  private final String container = BlobAccount.unique("files");
  private final BindingData data = BindingData.builder().text("name", "a").build();

  @AfterEach
  void close() throws Exception {
    host.closeShared();
  }

  private InputProvider.Input input(String path) throws BindingException {
    return new BlobInputProvider()
        .open(host.context("Copy", BlobAccount.binding("blob", Direction.IN, "path", path)));
  }

  private OutputProvider.Output output(String path) throws BindingException {
    return new BlobOutputProvider()
        .open(host.context("Copy", BlobAccount.binding("blob", Direction.OUT, "path", path)));
  }

  private static byte[] bytes(Payload payload) throws IOException {
    assertThat(payload).isInstanceOf(Payload.Stream.class);
    try (InputStream in = ((Payload.Stream) payload).opener().open()) {
      return in.readAllBytes();
    }
  }

  @Test
  void readsTheBlobThatTheEventNames() throws Exception {
    account.put(container, "in/a.txt", "grüß");
    Payload read = input(container + "/in/{name}.txt").read(data);
    assertThat(bytes(read)).asString(StandardCharsets.UTF_8).isEqualTo("grüß");
    assertThat(((Payload.Stream) read).length()).isEqualTo(6);
    assertThat(bytes(read)).as("opened again").hasSize(6);
  }

  @Test
  void readsAnEmptyBlobAndOneOfSeveralPieces() throws Exception {
    byte[] large = new byte[2 * BlobReader.PIECE + 17];
    new Random(1).nextBytes(large);
    output(container + "/large").write(new Payload.Bytes(large), data);
    output(container + "/empty").write(new Payload.Bytes(new byte[0]), data);
    assertThat(bytes(input(container + "/large").read(data))).isEqualTo(large);
    assertThat(bytes(input(container + "/empty").read(data))).isEmpty();
  }

  @Test
  void readsABlobByItsUrl() throws Exception {
    account.put(container, "x/ü 1.txt", "here");
    String url = account.blob(container, "x/ü 1.txt").getBlobUrl();
    BindingData event =
        BindingData.builder()
            .json("data", JsonMapper.builder().build().createObjectNode().put("url", url))
            .build();
    assertThat(bytes(input("{data.url}").read(event))).asString().isEqualTo("here");
  }

  @Test
  void givesNothingForAMissingBlobOrContainer() throws Exception {
    account.put(container, "there", "");
    assertThat(input(container + "/gone").read(data)).isEqualTo(Payload.EMPTY);
    assertThat(input(BlobAccount.unique("gone") + "/gone").read(data)).isEqualTo(Payload.EMPTY);
  }

  @Test
  void failsWhenAReadBlobIsReplacedMeanwhile() throws Exception {
    output(container + "/big").write(new Payload.Bytes(new byte[BlobReader.PIECE + 1]), data);
    Payload.Stream read = (Payload.Stream) input(container + "/big").read(data);
    account.put(container, "big", "other");
    try (InputStream in = read.opener().open()) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void tellsABlobThatCannotBeRead() throws Exception {
    host.values.put("AzureWebJobsStorage", account.azurite.connectionString("d3Jvbmc="));
    assertThatThrownBy(() -> input("files/a").read(data))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("read blob 'files/a'")
        .hasMessageContaining("403")
        .hasMessageNotContaining("d3Jvbmc=");
  }

  @ParameterizedTest
  @CsvSource({
    "a.txt, text/plain",
    "a.JSON, application/json",
    "x.y/b.png, image/png",
    "x.png/b, application/octet-stream",
    "noextension, application/octet-stream",
    "archive.tar.gz, application/gzip",
    "strange.xyz, application/octet-stream",
  })
  void writesWithTheTypeOfItsExtension(String name, String type) throws Exception {
    output(container + "/" + name).write(new Payload.Bytes(new byte[] {1, 2}), data);
    assertThat(account.blob(container, name).getProperties().getContentType()).isEqualTo(type);
  }

  @Test
  void writesTextJsonAndBytesAsTheyAre() throws Exception {
    var out = output(container + "/{name}");
    out.write(new Payload.Text("grüß"), data);
    assertThat(account.blob(container, "a").downloadContent().toString()).isEqualTo("grüß");
    assertThat(account.blob(container, "a").getProperties().getContentType())
        .isEqualTo("text/plain; charset=utf-8");
    out.write(new Payload.Json(new JsonMapper().readTree("{ \"a\" : [ 1 ] }")), data);
    assertThat(account.blob(container, "a").downloadContent().toString()).isEqualTo("{\"a\":[1]}");
    out.write(new Payload.Bytes(new byte[] {0, -1}), data);
    assertThat(account.blob(container, "a").downloadContent().toBytes()).containsExactly(0, -1);
  }

  @Test
  void writesWhatTheFunctionSaysOfItsContent() throws Exception {
    for (Payload body :
        List.of(
            new Payload.Text("x"),
            new Payload.Stream(() -> new ByteArrayInputStream(new byte[BlobReader.PIECE]), -1))) {
      output(container + "/a.txt")
          .write(
              new Payload.Native(
                  new OutgoingBlob(body, Optional.of("text/x-own"), Map.of("owner", "ann"))),
              data);
      var properties = account.blob(container, "a.txt").getProperties();
      assertThat(properties.getContentType()).isEqualTo("text/x-own");
      assertThat(properties.getMetadata()).containsExactly(Map.entry("owner", "ann"));
    }
  }

  @Test
  void refusesAValueThatNoBlobCanHold() throws Exception {
    var out = output(container + "/a");
    assertThatThrownBy(() -> out.write(new Payload.Batch(List.of()), data))
        .hasMessageStartingWith("The value for blob '" + container + "/a' is nothing that a blob");
  }

  @Test
  void createsTheContainer() throws Exception {
    output(container + "/a").write(new Payload.Text("x"), data);
    assertThat(account.blob(container, "a").exists()).isTrue();
  }

  @Test
  void streamsIntoANewContainer() throws Exception {
    byte[] large = new byte[9 * 1024 * 1024];
    new Random(2).nextBytes(large);
    output(container + "/s.bin")
        .write(new Payload.Stream(() -> new ByteArrayInputStream(large), -1), data);
    assertThat(account.blob(container, "s.bin").downloadContent().toBytes()).isEqualTo(large);
    assertThat(account.blob(container, "s.bin").getProperties().getContentType())
        .isEqualTo("application/octet-stream");
  }

  @Test
  void leavesTheOldBlobWhenAStreamBreaks() throws Exception {
    account.put(container, "s.bin", "old");
    InputStream breaking =
        new InputStream() {
          private int read;

          @Override
          public int read() throws IOException {
            if (read++ > 5 * 1024 * 1024) {
              throw new IOException("broken");
            }
            return 1;
          }
        };
    assertThatThrownBy(
            () -> output(container + "/s.bin").write(new Payload.Stream(() -> breaking, -1), data))
        .hasMessage("broken");
    assertThat(account.blob(container, "s.bin").downloadContent().toString()).isEqualTo("old");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          files       | path: 'files' names no blob. Write it as container/name.
          files/      | path: 'files/' names no blob. Write it as container/name.
          F_x/a       | path: 'F_x' is not a container's name.
          a--b/c      | path: 'a--b' is not a container's name.
          -ab/c       | path: '-ab' is not a container's name.
          ab/c        | path: 'ab' is not a container's name.
          files/{     | path: 'files/{' has a '{' without a partner at position 7.
          files/%no%  | path: 'files/%no%' names the setting 'no', which does not exist.
          https://x/  | path: 'https://x/' is not the URL of a blob. Write it as container/name.
          """)
  void refusesAPathThatCannotWork(String path, String message) {
    assertThatThrownBy(() -> output(path))
        .isInstanceOf(BindingException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void fillsSettingsIntoThePathAndLowersTheContainer() throws Exception {
    host.values.put("where", container.toUpperCase(java.util.Locale.ROOT) + "/Sub");
    output("%where%/{name}").write(new Payload.Text("x"), data);
    assertThat(account.blob(container, "Sub/a").exists()).isTrue();
  }

  @Test
  void failsTheInvocationWhenThePathLacksAValue() throws Exception {
    var out = output(container + "/{other}");
    assertThatThrownBy(() -> out.write(new Payload.Text("x"), data))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("No value for named parameter 'other'.");
  }
}
