/** The function that both hosts run: plain text, and JSON there and back. */
package dev.roost.benchmarks.http.app;
