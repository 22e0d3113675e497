package dev.roost.host.discovery;

import dev.roost.spi.Problem;
import java.util.ArrayList;
import java.util.List;

/** The problems found so far in one function, all told under one {@code where}. */
final class FunctionProblems {
  private final String where;
  private final List<Problem> found = new ArrayList<>();

  FunctionProblems(String where) {
    this.where = where;
  }

  void add(String key, String what, String remedy) {
    found.add(new Problem(where, key, what, remedy));
  }

  void addAll(List<Problem> problems) {
    found.addAll(problems);
  }

  List<Problem> all() {
    return List.copyOf(found);
  }
}
