/** The one function of an app that starts. */
package dev.roost.benchmarks.start.app;
