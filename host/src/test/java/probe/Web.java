package probe;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.HttpOutput;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One function for each type of request body, and for each kind of answer. */
public class Web {
  public HttpResponseMessage echo(
      @HttpTrigger(name = "in") HttpRequestMessage<Optional<String>> r) {
    return r.createResponseBuilder(HttpStatus.OK)
        .header("X", "1")
        .header("x", "2")
        .body(
            Show.of(r.getBody())
                + " "
                + r.getHttpMethod()
                + " "
                + r.getUri()
                + " "
                + new TreeMap<>(r.getHeaders())
                + " "
                + new TreeMap<>(r.getQueryParameters())
                + " "
                + r.getHeaders().get("Content-Type")
                + "/"
                + r.getHeaders().get("content-type"))
        .build();
  }

  public String text(@HttpTrigger(name = "in") HttpRequestMessage<String> r) {
    return Show.of(r.getBody());
  }

  public String order(@HttpTrigger(name = "in") HttpRequestMessage<Order> r) {
    return Show.of(r.getBody());
  }

  public String maybeOrder(@HttpTrigger(name = "in") HttpRequestMessage<Optional<Order>> r) {
    return Show.of(r.getBody());
  }

  public String bytes(@HttpTrigger(name = "in") HttpRequestMessage<byte[]> r) {
    return Show.of(r.getBody());
  }

  public String maybeBytes(@HttpTrigger(name = "in") HttpRequestMessage<Optional<byte[]>> r) {
    return Show.of(r.getBody());
  }

  public String maybeMap(
      @HttpTrigger(name = "in") HttpRequestMessage<Optional<Map<String, Object>>> r) {
    return Show.of(r.getBody());
  }

  public String stream(@HttpTrigger(name = "in") HttpRequestMessage<InputStream> r)
      throws IOException {
    return Show.of(r.getBody().readAllBytes());
  }

  @SuppressWarnings("rawtypes")
  public String raw(@HttpTrigger(name = "in") HttpRequestMessage r) {
    return Show.of(r.getBody());
  }

  public String bodyAsText(@HttpTrigger(name = "in") String r) {
    return Show.of(r);
  }

  public String bodyAsOrder(@HttpTrigger(name = "in") Order r) {
    return Show.of(r);
  }

  public HttpResponseMessage created(
      @HttpTrigger(name = "in") HttpRequestMessage<Optional<String>> r) {
    return r.createResponseBuilder(HttpStatus.CREATED).body(new Order("<x>", 1)).build();
  }

  public HttpResponseMessage noContent(
      @HttpTrigger(name = "in") HttpRequestMessage<Optional<String>> r) {
    return r.createResponseBuilder(HttpStatus.NO_CONTENT).build();
  }

  public HttpResponseMessage image(
      @HttpTrigger(name = "in") HttpRequestMessage<Optional<String>> r) {
    return r.createResponseBuilder(HttpStatus.OK)
        .header("Content-Type", "image/png")
        .body(new byte[] {1, 2})
        .build();
  }

  public HttpResponseMessage customStatus(
      @HttpTrigger(name = "in") HttpRequestMessage<Optional<String>> r) {
    return r.createResponseBuilder(HttpStatusType.custom(799)).body("c").build();
  }

  public HttpResponseMessage nothing(
      @HttpTrigger(name = "in") HttpRequestMessage<Optional<String>> r) {
    return null;
  }

  public void none(@HttpTrigger(name = "in") HttpRequestMessage<Optional<String>> r) {}

  public Object asObject(@HttpTrigger(name = "in") HttpRequestMessage<Optional<String>> r) {
    return r.createResponseBuilder(HttpStatus.OK).body("asObject").build();
  }

  public HttpResponseMessage ownClass(
      @HttpTrigger(name = "in") HttpRequestMessage<Optional<String>> r) {
    return new HttpResponseMessage() {
      @Override
      public HttpStatusType getStatus() {
        return HttpStatus.ACCEPTED;
      }

      @Override
      public String getHeader(String key) {
        return key.equals("Content-Type") ? "text/x-own" : null;
      }

      @Override
      public Object getBody() {
        return "own";
      }
    };
  }

  public void throughOutput(
      @HttpTrigger(name = "in") HttpRequestMessage<Optional<String>> r,
      @HttpOutput(name = "resp") OutputBinding<HttpResponseMessage> out) {
    out.setValue(r.createResponseBuilder(HttpStatus.ACCEPTED).body("via output").build());
  }

  public void textThroughOutput(
      @HttpTrigger(name = "in") HttpRequestMessage<Optional<String>> r,
      @HttpOutput(name = "resp") OutputBinding<String> out) {
    out.setValue("plain via output");
  }
}
