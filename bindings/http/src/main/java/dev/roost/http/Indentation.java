package dev.roost.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.Instantiatable;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * Two blanks a level, one member a line, as Json.NET indents. Its pieces are encoded once:
 * Jackson's own printer encodes them anew for each line, which costs a third of a small answer. One
 * for each document.
 */
final class Indentation implements PrettyPrinter, Instantiatable<Indentation> {
  private static final String LEVEL = "  ";
  private static final SerializedString COLON = new SerializedString(": ");
  private static final SerializedString[] LINES =
      IntStream.range(0, 32)
          .mapToObj(depth -> new SerializedString("\n" + LEVEL.repeat(depth)))
          .toArray(SerializedString[]::new);

  private int depth;

  @Override
  public Indentation createInstance() {
    return new Indentation();
  }

  private void line(JsonGenerator json) throws IOException {
    int known = Math.min(depth, LINES.length - 1);
    json.writeRaw(LINES[known]);
    for (int level = known; level < depth; level++) {
      json.writeRaw(LEVEL);
    }
  }

  private void begin(JsonGenerator json, char bracket) throws IOException {
    json.writeRaw(bracket);
    depth++;
  }

  private void end(JsonGenerator json, char bracket, int items) throws IOException {
    depth--;
    if (items > 0) {
      line(json);
    }
    json.writeRaw(bracket);
  }

  private void separate(JsonGenerator json) throws IOException {
    json.writeRaw(',');
    line(json);
  }

  @Override
  public void writeRootValueSeparator(JsonGenerator json) throws IOException {
    json.writeRaw(' ');
  }

  @Override
  public void writeStartObject(JsonGenerator json) throws IOException {
    begin(json, '{');
  }

  @Override
  public void beforeObjectEntries(JsonGenerator json) throws IOException {
    line(json);
  }

  @Override
  public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
    json.writeRaw(COLON);
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
    separate(json);
  }

  @Override
  public void writeEndObject(JsonGenerator json, int members) throws IOException {
    end(json, '}', members);
  }

  @Override
  public void writeStartArray(JsonGenerator json) throws IOException {
    begin(json, '[');
  }

  @Override
  public void beforeArrayValues(JsonGenerator json) throws IOException {
    line(json);
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
    separate(json);
  }

  @Override
  public void writeEndArray(JsonGenerator json, int values) throws IOException {
    end(json, ']', values);
  }
}
