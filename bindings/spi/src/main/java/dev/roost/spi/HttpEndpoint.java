package dev.roost.spi;

import java.util.Set;

/**
 * An HTTP route of the host itself or of a binding's webhook, served beside the functions' routes
 * and before them.
 *
 * @param methods the methods that reach it, in upper case
 * @param path a route template from the root, without a leading slash, for example {@code
 *     admin/functions/{name}}
 * @param access who may call it
 * @param handler answers; called on a virtual thread
 */
public record HttpEndpoint(Set<String> methods, String path, AccessLevel access, Handler handler) {

  /** Answers one request. */
  @FunctionalInterface
  public interface Handler {
    HttpResponse handle(HttpRequest request);
  }
}
