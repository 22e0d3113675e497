/** Libraries beside the host that only some commands and settings need. */
@NullMarked
package dev.roost.host.library;

import org.jspecify.annotations.NullMarked;
