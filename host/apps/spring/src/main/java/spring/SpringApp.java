package spring;

import java.util.Locale;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The application that the Azure adapter of Spring Cloud Function starts. */
@SpringBootApplication
public class SpringApp {

  /** Never called by the host; an app that also runs by itself has it. */
  public static void main(String[] args) {
    SpringApplication.run(SpringApp.class, args);
  }

  /** A function of Spring Cloud Function's own kind. */
  @Bean
  public Function<String, String> shout() {
    return text -> text.toUpperCase(Locale.ROOT);
  }
}
