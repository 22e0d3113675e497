package dev.roost.emulator.broker;

import dev.roost.emulator.codec.Codec;
import dev.roost.emulator.time.Alarms;
import dev.roost.emulator.time.EmulatorClock;
import java.util.Optional;
import java.util.function.Function;

/**
 * What every entity needs of its namespace.
 *
 * @param routes finds the queue or topic that messages are passed on to
 * @param releaseOnDetach whether a receiver's locks end with its link; on Azure they do not
 */
record BrokerServices(
    EmulatorClock clock,
    Alarms alarms,
    Codec codec,
    Function<String, Optional<Destination>> routes,
    boolean releaseOnDetach) {}
