package dev.roost.spi;

import java.util.List;

/** One or more apps as a command sees them: read, not started. */
public interface ReadApp extends AutoCloseable {

  /** The functions that could be read, disabled ones too. */
  List<FunctionDefinition> functions();

  /** What is wrong with the apps or their configuration. */
  List<Problem> problems();

  /** The services of a host of this app that is never started. */
  HostServices host();

  /** Closes the clients that the command used. */
  @Override
  void close();
}
