/**
 * Service Bus namespaces: how a connection's settings become clients, one builder and one AMQP
 * connection for each, and how the SDK's failures become ours.
 */
@NullMarked
package dev.roost.servicebus.namespace;

import org.jspecify.annotations.NullMarked;
