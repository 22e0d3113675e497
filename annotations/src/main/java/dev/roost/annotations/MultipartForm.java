package dev.roost.annotations;

import java.util.List;
import java.util.Optional;

/**
 * The parts of a {@code multipart/form-data} request, in order of arrival: the type of an HTTP
 * trigger's parameter, or {@code HttpRequestMessage<MultipartForm>}. A request that is no such
 * form, or is cut off, is answered with 400 before the function is called. Content is at hand until
 * the outputs of the invocation were written.
 */
public interface MultipartForm {

  /** All parts; a name may repeat. */
  List<Part> parts();

  /** The first part of this name. */
  default Optional<Part> part(String name) {
    return parts().stream().filter(part -> part.name().equals(name)).findFirst();
  }
}
