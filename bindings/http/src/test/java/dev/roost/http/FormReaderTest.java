package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.HttpRequest;
import dev.roost.spi.MultipartReader.Form;
import dev.roost.spi.MultipartReader.Malformed;
import dev.roost.spi.MultipartReader.Part;
import dev.roost.spi.MultipartReader.Read;
import dev.roost.spi.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms over a real server: good ones, and what hostile clients send. */
final class FormReaderTest {
  private static final String TYPE = "multipart/form-data; boundary=b";
  private final TestApp app = new TestApp();

  @BeforeEach
  void listen() throws Exception {
    app.listen();
    app.function("form", "form", request -> TestApp.text(told(request)));
  }

  @AfterEach
  void close() {
    app.close();
  }

  private static String told(HttpRequest request) {
    try (InputStream body = open(request.body())) {
      Read read = new FormReader().read(request.header("content-type").orElse(""), body);
      return switch (read) {
        case Malformed(String why) -> why;
        case Form(List<Part> parts) -> told(parts);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(Payload body) throws IOException {
    return switch (body) {
      case Payload.Stream stream -> stream.opener().open();
      case Payload.Bytes(byte[] bytes) -> new ByteArrayInputStream(bytes);
      default -> InputStream.nullInputStream();
    };
  }

  private static String told(List<Part> parts) throws IOException {
    List<String> all = new ArrayList<>();
    for (Part part : parts) {
      try (part;
          InputStream once = part.open();
          InputStream again = part.open()) {
        String content = new String(once.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(again.readAllBytes()).hasSize((int) part.size());
        all.add(
            part.name()
                + part.fileName().map(name -> "(" + name + ")").orElse("")
                + part.contentType().map(type -> "[" + type + "]").orElse("")
                + "="
                + (content.length() > 100 ? content.length() : content));
      }
    }
    return String.join(";", all);
  }

  private String answer(String type, String body) throws IOException {
    try (RawClient client = new RawClient(app.address())) {
      client.send(
          "POST /api/form HTTP/1.1\r\nHost: h\r\nContent-Type: "
              + type
              + "\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      RawClient.Response response = client.read();
      assertThat(response.status()).isEqualTo(200);
      return response.body();
    }
  }

  private static String part(String disposition, String content) {
    return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
  }

  @Test
  void givesFieldsAndFilesInOrder() throws IOException {
    String body =
        part("name=\"text\"", "one")
            + part("name=\"text\"", "two\r\nlines")
            + "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"me.png\"\r\n"
            + "Content-Type: image/png\r\n\r\nPNG\r\n"
            + "--b--\r\n";
    assertThat(answer(TYPE, body))
        .isEqualTo("text=one;text=two\r\nlines;photo(me.png)[image/png]=PNG");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "multipart/form-data                     | is not multipart/form-data with a boundary",
        "multipart/form-data; boundary=          | is not multipart/form-data with a boundary",
        "multipart/form-data; boundary=\"\"      | is not multipart/form-data with a boundary",
        "multipart/mixed; boundary=b             | is not multipart/form-data with a boundary",
        "application/x-www-form-urlencoded       | is not multipart/form-data with a boundary",
        "multipart/form-data; boundary=other     | ends before its last boundary",
        "multipart/form-data; boundary=\"b\"     | a=1",
        "Multipart/Form-Data; charset=x;boundary=b ; y=z | a=1",
      })
  void wantsAFormWithItsBoundary(String type, String told) throws IOException {
    assertThat(answer(type, part("name=\"a\"", "1") + "--b--")).isEqualTo(told);
  }

  @Test
  void aBodyThatIsCutOffAnywhereIsNoForm() throws IOException {
    String body = part("name=\"a\"", "1") + part("name=\"f\"; filename=\"x.txt\"", "22") + "--b--";
    for (int length = 0; length < body.length(); length++) {
      InputStream cut =
          new ByteArrayInputStream(body.substring(0, length).getBytes(StandardCharsets.ISO_8859_1));
      assertThat(new FormReader().read(TYPE, cut))
          .as("cut at %s", length)
          .isInstanceOf(Malformed.class);
    }
    assertThat(answer(TYPE, body.substring(0, 60))).isEqualTo("ends before its last boundary");
    assertThat(answer(TYPE, body)).isEqualTo("a=1;f(x.txt)[application/octet-stream]=22");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "../../etc/passwd, (passwd)",
    "/etc/passwd, (passwd)",
    "C:\\\\Users\\\\me\\\\a.txt, (C Usersmea.txt)",
    "..\\\\..\\\\a.txt, (....a.txt)",
    ".., ''",
    "folder/, ''",
    "a\u0001b.txt, (a b.txt)",
  })
  void aFileNameIsNeverAPath(String sent, String seen) throws IOException {
    String body = part("name=\"f\"; filename=\"" + sent + "\"", "x") + "--b--";
    assertThat(answer(TYPE, body).replaceAll("\\[.*?]", "")).isEqualTo("f" + seen + "=x");
  }

  @Test
  void thousandsOfPartsAreRefused() throws IOException {
    assertThat(answer(TYPE, part("name=\"a\"", "1").repeat(5000) + "--b--"))
        .isEqualTo("has more than 1000 parts");
    assertThat(answer(TYPE, part("name=\"a\"", "1").repeat(1000) + "--b--")).startsWith("a=1;a=1");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "one endless header   | X: ",
        "endlessly many       | X: y\\r\\n",
      })
  void endlessHeadersOfAPartAreRefused(String name, String repeated) throws IOException {
    String header = repeated.replace("\\r\\n", "\r\n");
    String body =
        "--b\r\n" + (header.endsWith("\n") ? header.repeat(200_000) : header + "y".repeat(900_000));
    assertThat(answer(TYPE, body))
        .as(name)
        .matches("(has a part whose headers are|is no well|ends before).*");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--b\\r\\n\\r\\nno disposition\\r\\n--b--",
        "--b\\r\\nContent-Disposition: form-data\\r\\n\\r\\nno name\\r\\n--b--",
        "--b\\r\\nContent-Disposition: form-data; name=\"a\"\\r\\nContent-Transfer-Encoding:"
            + " magic\\r\\n\\r\\nx\\r\\n--b--",
        "--b\\r\\nContent-Disposition: form-data; name=\"a\";"
            + " filename*=x'y\\r\\n\\r\\nx\\r\\n--b--",
        "--b\\r\\nContent-Disposition: form-data; name=\"a\"\\r\\nContent-Type: text/plain;"
            + " charset=nowhere\\r\\n\\r\\nx\\r\\n--b--",
        "--b\\r\\nContent-Disposition: form-data; name=\"\"\\r\\n\\r\\nx\\r\\n--b--",
        "preamble --b--",
        "--b--",
      })
  void whateverIsSentThereIsAnAnswerAndTheNextRequestIsServed(String body) throws IOException {
    assertThat(answer(TYPE, body.replace("\\r\\n", "\r\n"))).isNotNull();
    assertThat(answer(TYPE, part("name=\"a\"", "1") + "--b--")).isEqualTo("a=1");
  }

  @Test
  void longPartsAreKeptInFilesUntilTheyAreClosed() throws IOException {
    long before = temporaryFiles();
    String file = "0123456789abcdef".repeat(200_000);
    String body =
        part("name=\"f\"; filename=\"big.bin\"", file) + part("name=\"a\"", "1") + "--b--";
    InputStream in = new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1));
    Form form = (Form) new FormReader().read(TYPE, in);
    assertThat(temporaryFiles()).isEqualTo(before + 1);
    assertThat(told(form.parts())).startsWith("f(big.bin)").contains("=3200000;a=1");
    assertThat(temporaryFiles()).isEqualTo(before);

    assertThat(answer(TYPE, body)).contains("=3200000;a=1");
    assertThat(answer(TYPE, body.substring(0, body.length() - 40))).startsWith("ends before");
    assertThat(temporaryFiles()).isEqualTo(before);
  }

  private static long temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name ->
              name.startsWith("roost-part-") || name.startsWith("FUp_") || name.startsWith("Attr_"))
          .count();
    }
  }
}
