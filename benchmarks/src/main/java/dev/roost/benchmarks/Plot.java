package dev.roost.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws a course: limit, backlog and rate over time, one below the other. */
final class Plot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 120;
  private static final int LEFT = 60;

  private Plot() {}

  static void write(Course course, String title, Path file) throws IOException {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                + "<text x=\"%d\" y=\"20\">%s</text>%n",
            WIDTH + LEFT + 20,
            3 * (HEIGHT + 40) + 30,
            LEFT,
            title));
    panel(svg, course, 0, "limit", "#1f77b4", Course.Sample::limit);
    panel(svg, course, 1, "backlog", "#7f7f7f", Course.Sample::backlog);
    panel(
        svg,
        course,
        2,
        "events/s",
        "#d62728",
        sample -> course.rate(Math.max(0, sample.time() - 1), sample.time()));
    Files.writeString(file, svg.append("</svg>\n"));
  }

  private static void panel(
      StringBuilder svg,
      Course course,
      int index,
      String label,
      String colour,
      ToDoubleFunction<Course.Sample> value) {
    double most = course.samples().stream().mapToDouble(value).max().orElse(1);
    double end = course.samples().getLast().time();
    int bottom = 40 + index * (HEIGHT + 40) + HEIGHT;
    svg.append(
        String.format(
            Locale.ROOT,
            "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"black\"/>%n"
                + "<text x=\"4\" y=\"%d\">%s</text><text x=\"4\" y=\"%d\">%.0f</text>"
                + "<text x=\"%d\" y=\"%d\">%.0f s</text>%n<polyline fill=\"none\" stroke=\"%s\""
                + " stroke-width=\"2\" points=\"",
            LEFT,
            bottom - HEIGHT,
            bottom,
            LEFT + WIDTH,
            bottom - HEIGHT / 2,
            label,
            bottom - HEIGHT + 10,
            most,
            LEFT + WIDTH - 20,
            bottom + 15,
            end,
            colour));
    for (Course.Sample sample : course.samples()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "%.1f,%.1f ",
              LEFT + sample.time() / end * WIDTH,
              bottom - value.applyAsDouble(sample) / Math.max(1, most) * HEIGHT));
    }
    svg.append("\"/>\n");
  }
}
