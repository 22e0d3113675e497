package dev.roost.storage.table;

import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostClock;
import dev.roost.spi.expression.Template;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code tableName} of a binding. */
record TableName(Template template) {
  private static final Pattern VALID = Pattern.compile("[A-Za-z][A-Za-z0-9]{2,62}");

  static TableName of(BindingContext context) throws BindingException {
    Template template = Template.of(context, "tableName");
    Optional<String> constant = template.constant();
    if (constant.isPresent() && !VALID.matcher(constant.get()).matches()) {
      throw new BindingException(
          "tableName",
          "'" + constant.get() + "' is not a table's name",
          "Use 3 to 63 letters and digits, a letter first.");
    }
    return new TableName(template);
  }

  String render(BindingData data, HostClock clock) throws IOException {
    String name = template.render(data, clock);
    if (!VALID.matcher(name).matches()) {
      throw new IOException(
          "tableName: '"
              + name
              + "' is not a table's name. Use 3 to 63 letters and digits, a letter first.");
    }
    return name;
  }
}
