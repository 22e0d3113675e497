/**
 * Blobs: the input and output bindings and the trigger. The trigger has two halves. One host of
 * many scans the watched containers, leaves a receipt for each version of a blob and function, and
 * puts a message into an internal queue; every host runs functions from that queue. Names and
 * formats of receipts, messages and scan positions are the official ones, so that this host and
 * Azure's can take over from one another.
 */
@NullMarked
package dev.roost.storage.blob;

import org.jspecify.annotations.NullMarked;
