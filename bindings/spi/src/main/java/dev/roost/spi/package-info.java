/**
 * What the host and a binding say to each other. A binding module implements {@link
 * dev.roost.spi.TriggerProvider}, {@link dev.roost.spi.InputProvider} or {@link
 * dev.roost.spi.OutputProvider}; the host finds it with {@link java.util.ServiceLoader} and lends
 * it {@link dev.roost.spi.HostServices}. Nothing here knows Azure, Netty or cron: the package needs
 * the JDK and Jackson's tree model only.
 */
@NullMarked
package dev.roost.spi;

import org.jspecify.annotations.NullMarked;
