/** Limits on virtual time: workloads, the official algorithm, a library's, and ours. */
package dev.roost.host.limit;
