package dev.roost.host.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What an annotation type says by itself.
 *
 * @param defaults the attributes that have a default, with it
 * @param customBinding the attributes of the {@code @CustomBinding} on it, if it has one
 */
record AnnotationShape(ObjectNode defaults, Optional<ObjectNode> customBinding) {}
