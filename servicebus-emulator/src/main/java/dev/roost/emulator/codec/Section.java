package dev.roost.emulator.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * One section of an encoded message (AMQP 1.0, part 3.2): its descriptor's code, where it starts,
 * where its value starts (after the descriptor) and where it ends.
 */
record Section(int code, int start, int value, int end) {
  static final int HEADER = 0x70;
  static final int MESSAGE_ANNOTATIONS = 0x72;
  static final int PROPERTIES = 0x73;
  static final int APPLICATION_PROPERTIES = 0x74;
  static final int DATA = 0x75;
  static final int VALUE = 0x77;

  /** The sections of {@code bytes}; all lie within its bounds. */
  static List<Section> of(byte[] bytes) {
    List<Section> sections = new ArrayList<>(6);
    for (int at = 0; at < bytes.length; ) {
      Section section = read(bytes, at);
      sections.add(section);
      at = section.end();
    }
    return sections;
  }

  private static Section read(byte[] bytes, int start) {
    if (byteAt(bytes, start) != 0x00) {
      throw new MalformedMessage("a section starts with a described type, found other bytes");
    }
    int form = byteAt(bytes, start + 1);
    int value =
        switch (form) {
          case 0x53 -> start + 3;
          case 0x80 -> start + 10;
          default -> throw new MalformedMessage("a section's descriptor is an unsigned long");
        };
    int code = byteAt(bytes, value - 1);
    int end = endOfValue(bytes, value);
    if (end > bytes.length || end < value) {
      throw new MalformedMessage("a section is longer than its message");
    }
    return new Section(code, start, value, end);
  }

  /** Where the payload of a data section starts; it ends with the section. */
  int payload(byte[] bytes) {
    return switch (byteAt(bytes, value)) {
      case 0xa0 -> value + 2;
      case 0xb0 -> value + 5;
      default -> throw new MalformedMessage("a data section holds binary");
    };
  }

  /** Widths by the upper half of the constructor: AMQP 1.0, part 1.2. */
  private static int endOfValue(byte[] bytes, int start) {
    int at = start;
    while (byteAt(bytes, at) == 0x00) {
      at = endOfValue(bytes, at + 1);
    }
    int constructor = byteAt(bytes, at);
    return switch (constructor >> 4) {
      case 0x4 -> at + 1;
      case 0x5 -> at + 2;
      case 0x6 -> at + 3;
      case 0x7 -> at + 5;
      case 0x8 -> at + 9;
      case 0x9 -> at + 17;
      case 0xa, 0xc, 0xe -> at + 2 + byteAt(bytes, at + 1);
      case 0xb, 0xd, 0xf -> {
        long end = at + 5L + intAt(bytes, at + 1);
        yield end > bytes.length ? Integer.MAX_VALUE : (int) end;
      }
      default ->
          throw new MalformedMessage("unknown type constructor 0x%02x".formatted(constructor));
    };
  }

  private static int byteAt(byte[] bytes, int at) {
    if (at < 0 || at >= bytes.length) {
      throw new MalformedMessage("the message ends within a section");
    }
    return bytes[at] & 0xff;
  }

  private static long intAt(byte[] bytes, int at) {
    return ((long) byteAt(bytes, at) << 24)
        | ((long) byteAt(bytes, at + 1) << 16)
        | ((long) byteAt(bytes, at + 2) << 8)
        | byteAt(bytes, at + 3);
  }
}
