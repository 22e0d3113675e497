/**
 * The HTTP trigger and the host's HTTP server, on Netty. A {@link dev.roost.http.ClientConnection}
 * takes the requests of one connection in order, an {@link dev.roost.http.Exchange} is one of them
 * with its answer, a {@link dev.roost.http.HttpDelivery} is the same as the host's dispatcher sees
 * it. Event loops do I/O, routing and nothing that blocks; user code, key checks and endpoint
 * handlers run on virtual threads.
 */
@NullMarked
package dev.roost.http;

import org.jspecify.annotations.NullMarked;
