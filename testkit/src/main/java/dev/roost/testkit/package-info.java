/**
 * What tests of the host and of bindings share: a clock that stands still until it is told, stores
 * in memory, the host's services without a host, real Azurite processes, and the contracts that
 * every implementation of the SPI must keep.
 */
@NullMarked
package dev.roost.testkit;

import org.jspecify.annotations.NullMarked;
