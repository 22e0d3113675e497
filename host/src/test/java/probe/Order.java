package probe;

import java.util.Date;

/** A plain object: a public, a package-private and a private field, a transient one, no setters. */
public class Order {
  public String id;
  int count;
  private Date placed;
  transient String note = "kept";

  public Order(String id, int count) {
    this.id = id;
    this.count = count;
  }

  @Override
  public String toString() {
    return id + "," + count + "," + placed;
  }
}
