package dev.roost.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.spi.Payload;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessageEncodingTest {
  @ParameterizedTest
  @CsvSource({
    "BASE64, aGVsbG8=, hello",
    "BASE64, ' aGVs bG8= ', hello",
    "BASE64, '', ''",
    "NONE, aGVsbG8=, aGVsbG8=",
    "NONE, '', ''",
    "AUTO, aGVsbG8=, hello",
    "AUTO, hello, hello",
    "AUTO, test, test", // Base64, but not of text
    "AUTO, AAECAw==, AAECAw==", // Base64 of control characters
    "AUTO, '{\"a\":1}', '{\"a\":1}'",
  })
  void decodesText(MessageEncoding encoding, String wire, String text) {
    assertThat(encoding.decode(wire)).isEqualTo(new Payload.Text(text));
  }

  @ParameterizedTest
  @CsvSource({"hello", "aGVsbG8", "'{\"a\":1}'", "a==="})
  void saysThatABodyIsNotBase64(String wire) {
    assertThat(MessageEncoding.BASE64.decode(wire))
        .isInstanceOfSatisfying(
            Payload.Broken.class,
            broken ->
                assertThat(broken.reason())
                    .startsWith("the message is not Base64")
                    .contains("extensions.queues of host.json")
                    .doesNotContain(wire));
  }

  @Test
  void decodesBytesThatAreNoText() {
    assertThat(MessageEncoding.BASE64.decode("/w=="))
        .isInstanceOfSatisfying(
            Payload.Bytes.class,
            bytes -> assertThat(bytes.value()).isEqualTo(new byte[] {(byte) 0xff}));
  }

  @ParameterizedTest
  @CsvSource({"BASE64, aGVsbG8=", "AUTO, aGVsbG8=", "NONE, hello"})
  void encodesTextAndBytesAlike(MessageEncoding encoding, String wire) throws IOException {
    assertThat(encoding.encode("hello")).isEqualTo(wire);
    assertThat(encoding.encode("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isEqualTo(wire);
  }

  @Test
  void refusesToSendRawBytesThatAreNoText() {
    assertThatThrownBy(() -> MessageEncoding.NONE.encode(new byte[] {(byte) 0xff}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("messageEncoding 'none'");
  }
}
