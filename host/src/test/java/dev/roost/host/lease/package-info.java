/** Tests of the leases: several hosts on one clock that stands still. */
package dev.roost.host.lease;
