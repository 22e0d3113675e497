/** What a namespace holds, as values: by builder methods, or from Microsoft's Config.json. */
@NullMarked
package dev.roost.emulator.config;

import org.jspecify.annotations.NullMarked;
