/**
 * What the unmodified Azure SDK for Java sees. The suite runs on the emulator, or on a real
 * namespace when {@code SERVICEBUS_CONNECTION} names one (Premium is not needed, the right to
 * manage it is); cases that need the emulator's clock or its faults are skipped there.
 */
package dev.roost.emulator.conformance;
