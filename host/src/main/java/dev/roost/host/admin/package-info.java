/**
 * The host's own HTTP routes: the official admin API under {@code /admin} in the official JSON
 * shapes, health under {@code /runtime/health}, and what we add to both.
 */
@NullMarked
package dev.roost.host.admin;

import org.jspecify.annotations.NullMarked;
