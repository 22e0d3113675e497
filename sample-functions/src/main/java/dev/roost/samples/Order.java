package dev.roost.samples;

/** What travels through the three order functions, as JSON in body and queue message. */
public class Order {
  public String id = "";
  public String item = "";
  public int quantity;
}
