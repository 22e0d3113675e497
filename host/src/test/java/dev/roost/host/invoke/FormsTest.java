package dev.roost.host.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.annotations.Part;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.HttpResponse;
import dev.roost.spi.Outcome;
import dev.roost.spi.Payload;
import dev.roost.spi.RequestFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.Uploads;

/** Parameters that take a form. */
class FormsTest {
  private static final String FORM =
      """
      --b
      Content-Disposition: form-data; name="a"

      één
      --b
      Content-Disposition: form-data; name="f"; filename="x.bin"

      %s
      --b--
      """
          .replace("\n", "\r\n")
          .formatted("z".repeat(100_000));

  private static Event request(String type, String body, boolean spooled) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return Event.of(
        new Payload.Native(
            new HttpRequest(
                "POST",
                URI.create("http://localhost/api/f"),
                Map.of("content-type", List.of(type)),
                Map.of(),
                Map.of(),
                spooled
                    ? new Payload.Stream(() -> new ByteArrayInputStream(bytes), bytes.length)
                    : new Payload.Bytes(bytes))));
  }

  @ParameterizedTest
  @CsvSource({
    "probe.Uploads.bare, false, ''",
    "probe.Uploads.bare, true, ''",
    "probe.Uploads.message, false, 'POST '",
    "probe.Uploads.message, true, 'POST '",
  })
  void aFunctionReadsThePartsOfAForm(String entry, boolean spooled, String before)
      throws Exception {
    Event event = request("multipart/form-data; boundary=b", FORM, spooled);

    Outcome outcome = new Calls().call(entry, event);

    assertThat(outcome)
        .isEqualTo(new Outcome.Succeeded(new Payload.Text(before + "a=5;fx.bin=100000 één")));
    Part file = Uploads.last.part("f").orElseThrow();
    assertThatThrownBy(file::open).as("its file is gone").isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"probe.Uploads.bare", "probe.Uploads.message"})
  void aBrokenFormIsAnsweredWith400(String entry) throws Exception {
    for (Event event :
        List.of(
            request("text/plain", "a", false),
            request("multipart/form-data; boundary=b", FORM.substring(0, 900), false),
            request("multipart/form-data; boundary=b", "", false))) {
      Outcome outcome = new Calls().call(entry, event);

      Throwable cause = ((Outcome.Failed) outcome).cause();
      HttpResponse response = ((RequestFault) cause).response();
      assertThat(response.status()).isEqualTo(400);
      assertThat(((Payload.Json) response.body()).value().path("detail").asText())
          .startsWith("parameter 'in': the body ");
    }
  }

  @Test
  void aQueueMessageIsNoForm() throws Exception {
    Outcome outcome = new Calls().call("probe.Uploads.queued", Event.of("x"));
    assertThat(((Outcome.Failed) outcome).cause())
        .hasMessageContaining("this trigger is not an HTTP request");
  }
}
