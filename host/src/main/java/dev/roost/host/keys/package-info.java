/**
 * Keys and who may call what with them: where keys lie, how they are read, made and changed, and
 * the decision about one request. The documents are the official host's, so that keys made by one
 * host open the functions of the other.
 */
@NullMarked
package dev.roost.host.keys;

import org.jspecify.annotations.NullMarked;
