package dev.roost.host.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What started a job, as its platform calls it. */
final class JobName {
  /** Container Apps, WebJobs, and what a CronJob's manifest of ours sets. */
  private static final List<String> VARIABLES =
      List.of("CONTAINER_APP_JOB_EXECUTION_NAME", "WEBJOBS_NAME", "ROOST_JOB_NAME");

  private JobName() {}

  static String of(Optional<String> given, Map<String, String> environment) {
    return given
        .or(() -> VARIABLES.stream().map(environment::get).filter(Objects::nonNull).findFirst())
        .orElse("manual");
  }
}
