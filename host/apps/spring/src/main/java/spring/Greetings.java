package spring;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/** A service with a value from the app's settings, which Spring reads from the environment. */
@Service
public class Greetings {
  private final String salutation;

  public Greetings(@Value("${SALUTATION:none set}") String salutation) {
    this.salutation = salutation;
  }

  public String to(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("nobody to greet");
    }
    return salutation + ", " + name;
  }
}
