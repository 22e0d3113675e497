package dev.roost.spi;

/** The life of a host, in order. */
public enum HostState {
  NEW,
  LOADING,
  STARTING,
  RUNNING,
  DRAINING,
  STOPPED,
  /** The configuration is broken: only the admin endpoints answer. */
  ERROR;

  /** The official host's word for it, as {@code /admin/host/status} shows it. */
  public String official() {
    return switch (this) {
      case NEW -> "Default";
      case LOADING -> "Starting";
      case STARTING -> "Initialized";
      case RUNNING -> "Running";
      case DRAINING -> "Stopping";
      case STOPPED -> "Stopped";
      case ERROR -> "Error";
    };
  }
}
