/** Tests of singletons: calls of two hosts that share their leases. */
package dev.roost.host.singleton;
