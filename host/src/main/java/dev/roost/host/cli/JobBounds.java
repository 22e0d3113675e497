package dev.roost.host.cli;

import dev.roost.host.job.Bounds;
import dev.roost.spi.TimeSpans;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the command line allows a job. */
final class JobBounds {
  private static final String SPAN = "hh:mm:ss";

  @Option(
      names = "--timeout",
      paramLabel = SPAN,
      converter = Span.class,
      description = "All of the job's time. Default: no limit but functionTimeout of host.json.")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--retries",
      paramLabel = "N",
      converter = NotNegative.class,
      description = "Further attempts of a failed function. Default: 0.")
  private int retries;

  @Option(
      names = "--retry-delay",
      paramLabel = SPAN,
      converter = Span.class,
      description = "The pause before each. Default: 00:00:05.")
  private Duration pause = Duration.ofSeconds(5);

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      converter = Positive.class,
      description = "At most so many events of a queue at once. Default: as host.json says.")
  private int parallelism = Integer.MAX_VALUE;

  @Option(
      names = "--patience",
      paramLabel = SPAN,
      converter = Span.class,
      description =
          "With --until-empty: ends after so long without progress though messages are left that"
              + " others hold or that wait for a retry. Default: 00:00:30.")
  private Duration patience = Duration.ofSeconds(30);

  Bounds limits() {
    return new Bounds(timeout, retries, pause, patience);
  }

  int parallelism() {
    return parallelism;
  }

  /** A whole number from 1. */
  static final class Positive implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return whole(text, 1);
    }
  }

  /** A whole number from 0. */
  static final class NotNegative implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return whole(text, 0);
    }
  }

  private static int whole(String text, int least) {
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least) {
      throw new TypeConversionException(
          "'" + text + "' is not a whole number from " + least + " up");
    }
    return Integer.parseInt(text);
  }

  /** As host.json writes spans. */
  static final class Span implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return TimeSpans.parse(text)
          .filter(span -> !span.isNegative())
          .orElseThrow(() ->
              new TypeConversionException(
                  "'" + text + "' is not a time span; write " + SPAN + ", such as 00:10:00"));
    }
  }
}
