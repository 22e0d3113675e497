package dev.roost.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpus of malformed and hostile requests: each gets the right status or a closed connection,
 * no body tells anything of our inside, and the next good request is answered. The server runs in a
 * process of its own with a heap of 64 MiB, and outlives the corpus.
 */
final class HostileRequestTest {
  private static final Pattern REPEAT = Pattern.compile("\\{(\\d+)\\*([^}]*)\\}");
  private static HostileServer server;

  @BeforeAll
  static void launch() throws IOException {
    server = HostileServer.launch();
  }

  @AfterAll
  static void outlivesTheCorpus() {
    try (HostileServer last = server) {
      assertThat(last.isAlive()).isTrue();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void answersRightlyAndGoesOn(String name, String request, String expected) throws Exception {
    try (RawClient client = new RawClient(server.address())) {
      client.send(request.startsWith("half ") ? request.substring(5) : request);
      if (request.startsWith("half ")) {
        client.endOutput();
      }
      for (String word : expected.split(" ")) {
        switch (word) {
          case "closed" -> assertThat(client.isClosedByServer()).isTrue();
          case "open" -> assertThat(client.get("/api/echo").read().status()).isEqualTo(200);
          default -> check(client.read(), Integer.parseInt(word));
        }
      }
    }
    try (RawClient next = new RawClient(server.address())) {
      assertThat(next.get("/api/echo").read().status()).isEqualTo(200);
    }
  }

  private static void check(RawClient.Response response, int status) {
    assertThat(response.status()).isEqualTo(status);
    if (status != 200) {
      assertThat(response.body()).isEmpty();
    }
    assertThat(response.headers().toString())
        .doesNotContainIgnoringCase("netty")
        .doesNotContainIgnoringCase("exception");
  }

  @Test
  void isHeldToAtLeastThreeHundredRequests() throws Exception {
    assertThat(cases().count()).isGreaterThanOrEqualTo(300);
  }

  static Stream<Arguments> cases() throws Exception {
    List<Arguments> cases = new ArrayList<>();
    for (String line : lines()) {
      String[] columns = line.split(" \\| ", -1);
      boolean half = columns[1].startsWith("half ");
      cases.add(
          Arguments.of(
              columns[0],
              (half ? "half " : "") + bytes(half ? columns[1].substring(5) : columns[1]),
              columns[2].strip()));
    }
    for (int control = 0; control < 32; control++) {
      addControl(cases, (char) control);
    }
    addControl(cases, '\u007f');
    return cases.stream();
  }

  /** The control character in every place where a request has text. */
  private static void addControl(List<Arguments> cases, char c) {
    String name = "control-%02x".formatted((int) c);
    String rest = " HTTP/1.1\r\nHost: h\r\n\r\n";
    cases.add(Arguments.of(name + "-in-method", "G" + c + "T /api/echo" + rest, "400 closed"));
    cases.add(Arguments.of(name + "-in-target", "GET /api/ec" + c + "ho" + rest, "400 closed"));
    cases.add(
        Arguments.of(
            name + "-in-name",
            "GET /api/echo HTTP/1.1\r\nHost: h\r\nX" + c + "Y: a\r\n\r\n",
            "400 closed"));
    if (c != '\t') {
      cases.add(
          Arguments.of(
              name + "-in-value",
              "GET /api/echo HTTP/1.1\r\nHost: h\r\nX: a" + c + "b\r\n\r\n",
              "400 closed"));
    }
  }

  private static String bytes(String text) {
    Matcher repeats = REPEAT.matcher(text);
    String repeated =
        repeats.replaceAll(match ->
            Matcher.quoteReplacement(match.group(2).repeat(Integer.parseInt(match.group(1)))));
    StringBuilder bytes = new StringBuilder(repeated.length());
    for (int i = 0; i < repeated.length(); i++) {
      char c = repeated.charAt(i);
      if (c != '\\') {
        bytes.append(c);
        continue;
      }
      i++;
      switch (repeated.charAt(i)) {
        case 'r' -> bytes.append('\r');
        case 'n' -> bytes.append('\n');
        case 't' -> bytes.append('\t');
        case 'l' -> bytes.append("\r\n");
        case 'e' -> bytes.append("\r\n\r\n");
        case 'x' -> {
          bytes.append((char) Integer.parseInt(repeated.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> bytes.append(repeated.charAt(i));
      }
    }
    return bytes.toString();
  }

  private static List<String> lines() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(HostileRequestTest.class.getResourceAsStream("hostile.txt")),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }
}
