package dev.roost.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a host's only listener did over time, a sample every fifth of a second. */
final class Course {
  private static final double SECOND = 1e9;
  private final List<Sample> samples = new ArrayList<>();

  /**
   * One look.
   *
   * @param time since the first, in seconds
   * @param settled events since the host started
   */
  record Sample(double time, long settled, int limit, long backlog) {}

  /** Watches for so many seconds. */
  static Course of(Hosted host, double seconds) throws IOException, InterruptedException {
    Course course = new Course();
    long begin = System.nanoTime();
    for (double now = 0; now < seconds; now = (System.nanoTime() - begin) / SECOND) {
      JsonNode load =
          new ObjectMapper()
              .readTree(host.get("/admin/host/concurrency"))
              .path("listeners")
              .path(0);
      course.samples.add(
          new Sample(
              (System.nanoTime() - begin) / SECOND,
              load.path("settled").asLong(),
              load.path("limit").asInt(),
              load.path("backlog").asLong()));
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return course;
  }

  List<Sample> samples() {
    return samples;
  }

  /** Events a second between two times. */
  double rate(double from, double to) {
    Sample first = at(from);
    Sample last = at(to);
    return (last.settled() - first.settled()) / Math.max(1e-3, last.time() - first.time());
  }

  /** Seconds from {@code begin} until one second's rate reaches this; NaN for never. */
  double reaches(double rate, double begin) {
    for (Sample sample : samples) {
      if (sample.time() >= begin + 0.6
          && rate(Math.max(begin, sample.time() - 1), sample.time()) >= rate) {
        return sample.time() - begin;
      }
    }
    return Double.NaN;
  }

  private Sample at(double time) {
    Sample found = samples.getFirst();
    for (Sample sample : samples) {
      if (sample.time() <= time) {
        found = sample;
      }
    }
    return found;
  }
}
