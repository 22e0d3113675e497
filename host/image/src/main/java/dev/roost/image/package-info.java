/** Builds container images through Jib; loaded by {@code roost image} alone. */
@NullMarked
package dev.roost.image;

import org.jspecify.annotations.NullMarked;
