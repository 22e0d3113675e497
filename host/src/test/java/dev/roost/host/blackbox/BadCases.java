package dev.roost.host.blackbox;

import dev.roost.host.app.TestJar;
import java.nio.file.Path;

/** The classes that the functions of {@code bad-inputs.table} name as their entry points. */
final class BadCases {
  private static final String REQUEST =
      "@HttpTrigger(name = \"request\") HttpRequestMessage<String> request";

  private BadCases() {}

  /**
   * The jar.
   *
   * @param missing a library that the classes need and the apps do not bring
   */
  static TestJar jar(Path missing) {
    return new TestJar()
        .against(missing)
        .type(
            "cases.Cases",
            """
            public class Cases {
              public String fine(REQUEST) { return "fine"; }
              private String hidden(REQUEST) { return "hidden"; }
              String packaged(REQUEST) { return "packaged"; }
              public String twice(REQUEST) { return "one"; }
              public String twice(REQUEST, ExecutionContext context) { return "two"; }
              public String bare(String text) { return text; }
              public String stray(@BlobInput(name = "file", path = "a/b") String text) {
                return text;
              }
              public String impossible(@HttpTrigger(name = "request") Runnable body) {
                return "ran";
              }
              public String plainOutput(
                  REQUEST, @QueueOutput(name = "out", queueName = "q") String out) {
                return out;
              }
              public void take(
                  @QueueTrigger(name = "message", queueName = "q") String message) {}
              public void tick(
                  @TimerTrigger(name = "timer", schedule = "") String timer) {}
            }
            """
                .replace("REQUEST", REQUEST))
        .type("cases.Secretive", type("class Secretive", "private Secretive() {}"))
        .type("cases.Demanding", type("class Demanding", "public Demanding(String what) {}"))
        .type("cases.Unfinished", type("abstract class Unfinished", ""))
        .type(
            "cases.Outer",
            "public class Outer { " + type("class Inner", "").replace("Inner;", "Inner") + " }")
        .type(
            "cases.Dependent",
            type("class Dependent", "public absent.Library library() { return null; }"));
  }

  private static String type(String head, String member) {
    return "public "
        + head
        + " { "
        + member
        + " public String run("
        + REQUEST
        + ") { return \"ran\"; } }";
  }
}
