package dev.roost.host.cli;

import dev.roost.host.FunctionStatus;
import dev.roost.host.Host;
import dev.roost.spi.HostState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** What the user sees first: each function with its trigger, then everything that is wrong. */
final class StartTable {
  private static final Logger LOG = System.getLogger("Host.Startup");

  private StartTable() {}

  static void show(Host host, Optional<InetSocketAddress> listening) {
    problems(host);
    table(host.functions()).forEach(line -> LOG.log(Level.INFO, line));
    String where = listening.map(StartTable::place).orElse("");
    if (host.state() == HostState.ERROR) {
      LOG.log(Level.ERROR, "The host is in error and runs no function" + where);
      return;
    }
    LOG.log(
        Level.INFO,
        "Host started"
            + where
            + (host.development() ? " in Development" : " in Production")
            + access(host));
  }

  private static String access(Host host) {
    if (host.open()) {
      return "; functions and admin need no key";
    }
    return host.keys().possible()
        ? "; functions need their keys and admin the master key (" + host.keys().place() + ")"
        : "; there are no keys, so functions and admin that are not anonymous answer 401: "
            + host.keys().place();
  }

  private static String place(InetSocketAddress at) {
    String address =
        at.getAddress().isAnyLocalAddress() ? "0.0.0.0" : at.getAddress().getHostAddress();
    return " on " + address + ":" + at.getPort();
  }

  static void problems(Host host) {
    host.problems().forEach(problem -> LOG.log(Level.ERROR, problem.line()));
  }

  /** The lines of the table. */
  static List<String> table(List<FunctionStatus> functions) {
    int name = width(functions.stream().map(FunctionStatus::name).toList());
    int type = width(functions.stream().map(FunctionStatus::triggerType).toList());
    return functions.stream()
        .flatMap(function -> {
          String head =
              pad(function.name(), name) + "  " + pad(function.triggerType(), type) + "  ";
          List<String> where = place(function).lines().toList();
          return java.util.stream.IntStream.range(0, where.size())
              .mapToObj(i -> (i == 0 ? head : " ".repeat(head.length())) + where.get(i));
        })
        .toList();
  }

  private static String place(FunctionStatus function) {
    return function.condition() == FunctionStatus.Condition.FAILED
        ? "FAILED: " + function.problems().getFirst().found()
        : function.trigger();
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
