/** What builds container images: asked for by the host, done by a module off its class path. */
@NullMarked
package dev.roost.spi.image;

import org.jspecify.annotations.NullMarked;
