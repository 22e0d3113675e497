package dev.roost.storage.table;

import dev.roost.spi.expression.Template;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Puts values into an OData filter so that they stay values: inside quotes a quote is doubled;
 * outside, only a number, a time or a word may stand. Rule as in the WebJobs tables extension.
 */
enum FilterQuoting implements Template.Quoting {
  INSTANCE;

  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_.:+-]+");

  @Override
  public String quote(CharSequence before, String value) throws IOException {
    boolean quoted = before.chars().filter(c -> c == '\'').count() % 2 == 1;
    if (!quoted && !BARE.matcher(value).matches()) {
      throw new IOException(
          "filter: a value of this event is more than one word behind \""
              + before
              + "\". Put the expression between single quotes.");
    }
    return quoted ? value.replace("'", "''") : value;
  }
}
