package dev.roost.image;

import com.google.cloud.tools.jib.api.InsecureRegistryException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.http.ResponseException;
import dev.roost.spi.image.ImageException;
import dev.roost.spi.image.ImageOrder;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;

/** Why an image was not built, in the words of whoever asked for it. */
final class Failure {
  private Failure() {}

  static ImageException of(ImageOrder order, Throwable cause) {
    String what = "The image '%s' on '%s' was not built: ".formatted(order.to(), order.from());
    return new ImageException(what + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    return switch (cause) {
      case InsecureRegistryException _ ->
          cause.getMessage()
              + ". Use a registry with a valid certificate, or give --allow-insecure if it is your"
              + " own on a network that you trust.";
      case RegistryUnauthorizedException denied ->
          "the registry refused '%s'. Log in with `docker login`, or check the rights of that account."
              .formatted(denied.getImageReference());
      case ResponseException answer ->
          "the registry answered %d. Check the name and its rights."
              .formatted(answer.getStatusCode());
      case UnknownHostException _ ->
          "'%s' is not known. Check the name of the registry.".formatted(cause.getMessage());
      case ConnectException _ ->
          cause.getMessage() + ". Check the registry's name and port, and that it runs.";
      case NoSuchFileException _ ->
          "the file '%s' does not exist. Check the path.".formatted(cause.getMessage());
      default -> String.valueOf(cause.getMessage());
    };
  }
}
