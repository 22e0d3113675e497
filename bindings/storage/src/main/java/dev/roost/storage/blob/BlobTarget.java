package dev.roost.storage.blob;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostClock;
import dev.roost.spi.expression.Template;
import java.io.IOException;
import java.util.Optional;

/** The {@code path} of an input or output: checked when it is opened, rendered for each event. */
final class BlobTarget {
  private BlobTarget() {}

  /**
   * @throws BindingException when it is malformed, or names no blob whatever the event is
   */
  static Template path(BindingContext context) throws BindingException {
    Template path = Template.of(context, "path");
    Optional<String> constant = path.constant();
    if (constant.isPresent()) {
      BlobPath.parse(constant.get());
    }
    return path;
  }

  /**
   * @throws IOException when this event's data give no path of a blob
   */
  static BlobPath render(Template path, BindingData data, HostClock clock) throws IOException {
    try {
      return BlobPath.parse(path.render(data, clock));
    } catch (BindingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
