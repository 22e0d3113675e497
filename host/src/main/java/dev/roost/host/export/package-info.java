/**
 * What a platform has to know to run an app and to scale it, made from the app's own functions and
 * settings: manifests for Kubernetes with KEDA, and for Container Apps. Never a secret's value;
 * what can't be said truly is left out with a warning, or refused.
 */
@NullMarked
package dev.roost.host.export;

import org.jspecify.annotations.NullMarked;
