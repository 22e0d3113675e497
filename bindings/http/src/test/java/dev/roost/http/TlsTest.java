package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TlsTest {
  private final TestApp app = new TestApp();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    app.close();
  }

  private ObjectNode http(String certificate, String key) {
    ObjectNode http = TestApp.properties();
    http.putObject("tls").put("certificate", certificate).put("key", key);
    http.putObject("hsts")
        .put("isEnabled", true)
        .put("maxAge", "1.00:00:00")
        .putArray("excludedHosts");
    app.host.extensions.put("http", http);
    return http;
  }

  private void listen(PemFiles files) throws Exception {
    http(files.certificate().toString(), files.key().toString());
    app.listen();
    app.function("f", "", request -> TestApp.text(request.uri().getScheme()));
  }

  private HttpResponse<String> get(PemFiles trusted, HttpClient.Version version) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(trusted.trusting()).version(version).build()) {
      URI uri = URI.create("https://localhost:" + app.address().getPort() + "/api/f");
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void servesBothProtocols(HttpClient.Version version) throws Exception {
    PemFiles files = PemFiles.write(folder, "one");
    listen(files);
    HttpResponse<String> response = get(files, version);
    assertThat(response.version()).isEqualTo(version);
    assertThat(response.body()).isEqualTo("https");
    assertThat(response.headers().firstValue("strict-transport-security"))
        .hasValue("max-age=86400");
  }

  @Test
  void takesANewCertificateWhenTheFilesChange() throws Exception {
    PemFiles first = PemFiles.write(folder, "first");
    listen(first);
    assertThat(get(first, HttpClient.Version.HTTP_1_1).statusCode()).isEqualTo(200);
    PemFiles second = PemFiles.write(folder, "second");
    Files.setLastModifiedTime(second.certificate(), FileTime.from(Instant.now().plusSeconds(60)));
    app.host.manualClock.advance(Duration.ofSeconds(11));
    HttpResponse<String> response = get(second, HttpClient.Version.HTTP_1_1);
    X509Certificate shown =
        (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
    assertThat(shown.getSubjectX500Principal().getName()).isEqualTo("CN=second");
  }

  @Test
  void keepsTheOldCertificateWhenTheNewOneIsBroken() throws Exception {
    PemFiles files = PemFiles.write(folder, "one");
    listen(files);
    Files.writeString(files.certificate(), "broken");
    Files.setLastModifiedTime(files.certificate(), FileTime.from(Instant.now().plusSeconds(60)));
    app.host.manualClock.advance(Duration.ofSeconds(11));
    assertThat(get(files, HttpClient.Version.HTTP_1_1).statusCode()).isEqualTo(200);
    Files.delete(files.key());
    app.host.manualClock.advance(Duration.ofSeconds(11));
    assertThat(get(files, HttpClient.Version.HTTP_2).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"'',''", "tls.crt,''", "'',tls.key", "missing.crt,missing.key"})
  void refusesToListenWithoutItsCertificate(String certificate, String key) {
    http(certificate, key);
    assertThatThrownBy(app::listen)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("extensions.http.tls: ");
  }

  @Test
  void dropsAClientThatSpeaksPlainText() throws Exception {
    PemFiles files = PemFiles.write(folder, "one");
    listen(files);
    try (RawClient client = new RawClient(app.address())) {
      client.get("/api/f");
      assertThat(client.isClosedByServer()).isTrue();
    }
    assertThat(get(files, HttpClient.Version.HTTP_1_1).statusCode()).isEqualTo(200);
  }

  @Test
  void showsItsSchemeInTheStartTable() throws Exception {
    listen(PemFiles.write(folder, "one"));
    assertThat(app.binding.describe(app.context("f", TestApp.properties())))
        .isEqualTo("https://localhost:" + app.address().getPort() + "/api/f");
  }
}
