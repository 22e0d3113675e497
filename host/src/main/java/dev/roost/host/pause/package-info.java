/**
 * Functions that an operator has paused for a while: a document that all hosts of an app share says
 * which, and each host obeys it.
 */
@NullMarked
package dev.roost.host.pause;

import org.jspecify.annotations.NullMarked;
