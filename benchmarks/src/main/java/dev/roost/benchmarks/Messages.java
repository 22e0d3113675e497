package dev.roost.benchmarks;

import java.io.IOException;

/** A queue of an account that is full, or gets what it is told to get. */
interface Messages extends AutoCloseable {
  /** For {@code AzureWebJobsStorage}. */
  String connectionString();

  /** Has messages for whoever asks, until {@link #empty}. */
  void fill() throws IOException, InterruptedException;

  /** Has none. */
  void empty() throws IOException, InterruptedException;

  /** Has so many more. */
  void add(int messages) throws IOException, InterruptedException;

  @Override
  void close();
}
