/**
 * The shape that function.json and host.json must have, told in plain words: {@link
 * dev.roost.host.schema.FileSchema} checks a file against the JSON Schema of the module
 * function.json-schema.
 */
@NullMarked
package dev.roost.host.schema;

import org.jspecify.annotations.NullMarked;
