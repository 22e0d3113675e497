/** What is invoked. */
package dev.roost.benchmarks.overhead.app;
