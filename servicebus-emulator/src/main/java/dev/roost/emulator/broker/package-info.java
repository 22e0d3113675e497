/**
 * The entities and their messages. One thread owns all of it; nothing here knows sockets or links.
 */
@NullMarked
package dev.roost.emulator.broker;

import org.jspecify.annotations.NullMarked;
