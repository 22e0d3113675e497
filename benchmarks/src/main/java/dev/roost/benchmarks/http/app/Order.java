package dev.roost.benchmarks.http.app;

import java.util.List;

/** About one KiB of JSON. */
public final class Order {
  String id = "";
  String customer = "";
  List<Line> lines = List.of();

  /** One position. */
  static final class Line {
    String sku = "";
    int count;
    double price;
  }
}
