/** Requests per second, latency and CPU of HTTP functions beside other servers in one run. */
package dev.roost.benchmarks.http;
