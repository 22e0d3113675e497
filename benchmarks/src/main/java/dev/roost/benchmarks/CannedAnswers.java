package dev.roost.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The answers of {@link StubStorage}, made once. */
final class CannedAnswers {
  /** As many messages as the service gives at once. */
  private static final int MOST = 32;

  private static final String TIMES =
      "<InsertionTime>Sun, 22 Nov 2026 12:00:00 GMT</InsertionTime>"
          + "<ExpirationTime>Sun, 29 Nov 2026 12:00:00 GMT</ExpirationTime>";

  private static final String VERSION =
      lines(
          "x-ms-version: 2025-07-05",
          "x-ms-request-id: 6f3b0e2e-0003-0001-5b6e-24d7a5000000",
          "Date: Sun, 22 Nov 2026 12:00:00 GMT");

  static final ByteBuffer DELETED = answer("204 No Content", "", "");
  static final ByteBuffer NOT_FOUND =
      answer("404 Not Found", "x-ms-error-code: ResourceNotFound\r\n", "");
  static final ByteBuffer CREATED =
      answer(
          "201 Created", "ETag: \"0x8D\"\r\nLast-Modified: Sun, 22 Nov 2026 12:00:00 GMT\r\n", "");
  static final ByteBuffer RENEWED =
      answer(
          "204 No Content",
          lines(
              "x-ms-popreceipt: MjJOb3YyMDI2",
              "x-ms-time-next-visible: Sun, 22 Nov 2026 12:02:00 GMT"),
          "");

  private final ByteBuffer[] pages = new ByteBuffer[MOST + 1];

  CannedAnswers() {
    for (int count = 0; count <= MOST; count++) {
      StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
      xml.append("<QueueMessagesList>");
      for (int i = 0; i < count; i++) {
        xml.append("<QueueMessage><MessageId>");
        xml.append("7a1c0d52-62f4-4c8e-9f0e-0000000000%02d".formatted(i));
        xml.append("</MessageId>").append(TIMES);
        xml.append("<PopReceipt>MjJOb3YyMDI2MTI6MDA6MDA4NTE2</PopReceipt>");
        xml.append("<TimeNextVisible>Sun, 22 Nov 2026 12:02:00 GMT</TimeNextVisible>");
        xml.append("<DequeueCount>1</DequeueCount><MessageText>bWVzc2FnZQ==</MessageText>");
        xml.append("</QueueMessage>");
      }
      xml.append("</QueueMessagesList>");
      pages[count] = answer("200 OK", "Content-Type: application/xml\r\n", xml.toString());
    }
  }

  /** A page of so many messages. */
  ByteBuffer messages(int count) {
    return pages[count];
  }

  static ByteBuffer text(String text) {
    return answer("200 OK", "Content-Type: text/plain\r\n", text);
  }

  /** The number behind {@code key}, or the default where the key is missing. */
  static int number(String text, String key, int otherwise) {
    int at = text.indexOf(key);
    if (at < 0) {
      return otherwise;
    }
    int end = at + key.length();
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return Integer.parseInt(text, at + key.length(), end, 10);
  }

  private static String lines(String... headers) {
    return String.join("\r\n", headers) + "\r\n";
  }

  private static ByteBuffer answer(String status, String headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String length = status.startsWith("204") ? "" : "Content-Length: " + bytes.length + "\r\n";
    String head = "HTTP/1.1 " + status + "\r\n" + VERSION + headers + length + "\r\n";
    ByteBuffer buffer = ByteBuffer.allocate(head.length() + bytes.length);
    buffer.put(head.getBytes(StandardCharsets.ISO_8859_1)).put(bytes);
    return buffer.flip();
  }
}
