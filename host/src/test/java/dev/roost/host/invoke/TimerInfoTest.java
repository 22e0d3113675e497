package dev.roost.host.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.reflect.TypeToken;
import dev.roost.annotations.TimerInfo;
import dev.roost.spi.Payload;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimerInfoTest {

  /** The text is what the timer binding puts into its metadata. */
  private static Object read(String metadata) throws Exception {
    return Converters.to(TypeToken.get(TimerInfo.class).getType())
        .convert(new Payload.Json(new ObjectMapper().readTree(metadata)));
  }

  @Test
  void isMadeOfTheMetadataOfATimer() throws Exception {
    assertThat(
            read(
                """
                {"isPastDue":true,"scheduled":"2026-01-01T00:10:00Z",
                 "begun":"2026-01-01T00:12:34Z","next":"2026-01-01T00:15:00Z",
                 "last":"2026-01-01T00:05:00.0012345Z","reason":"PAST_DUE"}
                """))
        .isEqualTo(
            new TimerInfo(
                true,
                Instant.parse("2026-01-01T00:10:00Z"),
                Instant.parse("2026-01-01T00:12:34Z"),
                Instant.parse("2026-01-01T00:15:00Z"),
                Optional.of(Instant.parse("2026-01-01T00:05:00.0012345Z")),
                TimerInfo.Reason.PAST_DUE));
  }

  @Test
  void hasNoLastRunWhereNoneIsRemembered() throws Exception {
    Object info =
        read(
            """
            {"isPastDue":false,"scheduled":"2026-01-01T00:10:00Z",
             "begun":"2026-01-01T00:10:00Z","next":"2026-01-01T00:15:00Z",
             "last":null,"reason":"SCHEDULED"}
            """);
    assertThat(info).isInstanceOf(TimerInfo.class);
    assertThat(((TimerInfo) info).last()).isEmpty();
  }
}
