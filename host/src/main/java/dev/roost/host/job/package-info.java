/**
 * Work that ends by itself: one invocation, or as many as there are events. Each execution is told
 * in one line of JSON and kept as a document that all hosts of the app can read.
 */
@NullMarked
package dev.roost.host.job;

import org.jspecify.annotations.NullMarked;
