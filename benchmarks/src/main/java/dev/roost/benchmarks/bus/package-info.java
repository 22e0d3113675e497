/** How fast messages of a Service Bus are handled, beside the SDK's own processor. */
@org.jspecify.annotations.NullMarked
package dev.roost.benchmarks.bus;
