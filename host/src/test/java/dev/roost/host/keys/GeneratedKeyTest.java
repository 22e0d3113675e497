package dev.roost.host.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratedKeyTest {

  /** Published vectors of Marvin; the 32-bit checksum is the exclusive or of the halves. */
  @ParameterizedTest
  @CsvSource({
    "'',       30ed35c100cd3c7d",
    "8642dc59, 7008f2e87e9cf556",
  })
  void checksumsAsMarvinDoes(String data, String hash) {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(data));
    long expected = HexFormat.fromHexDigitsToLong(hash);
    assertThat(GeneratedKey.marvin(bytes, 0x004fb61a001bdbccL))
        .isEqualTo((int) (expected >>> 32) ^ (int) expected);
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void hasTheFormOfTheOfficialHost(KeyKind kind) {
    String key = GeneratedKey.of(kind);
    assertThat(key).hasSize(56).endsWith("==").matches("[A-Za-z0-9_=-]+");
    assertThat(key.substring(44, 48)).isEqualTo("AzFu");
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getUrlDecoder().decode(key)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.getInt(36)).isEqualTo(GeneratedKey.marvin(bytes.slice(0, 36), kind.seed()));
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void isNeverTheSameTwice(KeyKind kind) {
    Set<String> keys =
        IntStream.range(0, 1000).mapToObj(_ -> GeneratedKey.of(kind)).collect(Collectors.toSet());
    assertThat(keys).hasSize(1000);
  }
}
