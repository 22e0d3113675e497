/** What an invocation costs beside the user's code: JMH on a host that runs in its process. */
package dev.roost.benchmarks.overhead;
