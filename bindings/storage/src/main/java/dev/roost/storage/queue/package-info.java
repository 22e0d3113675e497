/**
 * Storage queues. {@link dev.roost.storage.queue.QueueTrigger} opens a {@code QueueSource} that
 * receives messages on a lease; a {@code QueueDelivery} renews that lease while the function runs
 * and leaves the verdict to {@link dev.roost.storage.queue.Settlement}: delete, come again, or
 * poison. {@link dev.roost.storage.queue.QueueOutput} writes. The blob trigger's internal queue is
 * built from the same parts.
 */
@NullMarked
package dev.roost.storage.queue;

import org.jspecify.annotations.NullMarked;
