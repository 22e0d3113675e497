/**
 * One small class for each feature, to copy from. They use nothing but Microsoft's programming
 * model, so the jar runs on Azure Functions and on Roost alike. Storage and Service Bus are local
 * emulators; see {@code local.settings.json}.
 */
@NullMarked
package dev.roost.samples;

import org.jspecify.annotations.NullMarked;
