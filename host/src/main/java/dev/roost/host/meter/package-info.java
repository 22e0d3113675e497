/** What the host and its bindings count, kept by Micrometer and shown in Prometheus's form. */
@NullMarked
package dev.roost.host.meter;

import org.jspecify.annotations.NullMarked;
