package dev.roost.host.invoke;

import dev.roost.annotations.MultipartForm;
import dev.roost.annotations.Part;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.MultipartReader;
import dev.roost.spi.Payload;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Makes a {@link MultipartForm} of a request. */
final class Forms {
  private static final @Nullable MultipartReader READER =
      ServiceLoader.load(MultipartReader.class, Forms.class.getClassLoader())
          .findFirst()
          .orElse(null);

  private Forms() {}

  /**
   * The form of a whole request.
   *
   * @throws ConversionException when it has none, or a broken one: its sender's fault, without a
   *     cause
   */
  static Form of(Payload source) throws ConversionException {
    if (!(source instanceof Payload.Native(HttpRequest request)) || READER == null) {
      throw new ConversionException("this trigger is not an HTTP request");
    }
    String type = request.header("content-type").orElse("");
    try (InputStream body = body(request.body())) {
      return switch (READER.read(type, body)) {
        case MultipartReader.Form(List<MultipartReader.Part> parts) ->
            new Form(parts.stream().<Part>map(FormPart::new).toList());
        case MultipartReader.Malformed(String why) ->
            throw new ConversionException("the body " + why);
      };
    } catch (IOException e) {
      throw new ConversionException("the form can't be read: " + e.getMessage(), e);
    }
  }

  private static InputStream body(Payload body) throws IOException, ConversionException {
    return body instanceof Payload.Stream stream
        ? stream.opener().open()
        : new ByteArrayInputStream(body instanceof Payload.Empty ? new byte[0] : Texts.bytes(body));
  }

  /** As the function sees it; closed when its outputs were written. */
  record Form(List<Part> parts) implements MultipartForm, Closeable {
    @Override
    public void close() throws IOException {
      for (Part part : parts) {
        ((FormPart) part).part().close();
      }
    }
  }

  /** One part as the function sees it. */
  private record FormPart(MultipartReader.Part part) implements Part {
    @Override
    public String name() {
      return part.name();
    }

    @Override
    public Optional<String> fileName() {
      return part.fileName();
    }

    @Override
    public Optional<String> contentType() {
      return part.contentType();
    }

    @Override
    public long size() {
      return part.size();
    }

    @Override
    public InputStream open() throws IOException {
      return part.open();
    }
  }
}
