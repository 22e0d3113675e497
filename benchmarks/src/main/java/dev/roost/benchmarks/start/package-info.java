/** From exec to the first answer of a function, beside other servers, and with many functions. */
package dev.roost.benchmarks.start;
