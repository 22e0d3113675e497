/**
 * Tables: one entity or a list of them as an input, one or many as an output. Entities travel as
 * JSON objects, with the properties that the official host shows.
 */
@NullMarked
package dev.roost.storage.table;

import org.jspecify.annotations.NullMarked;
