/**
 * What the user configured: host.json, local.settings.json, the environment and the host id. Every
 * mistake becomes a {@link dev.roost.spi.Problem}; they are collected and shown once.
 */
@NullMarked
package dev.roost.host.config;

import org.jspecify.annotations.NullMarked;
