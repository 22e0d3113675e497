package dev.roost.emulator.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.roost.emulator.ServiceBusEmulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that are no AMQP: the connection is closed, and the next client is served. */
class MalformedFramesTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] SASL = HEX.parseHex("414d515003010000");
  private static final byte[] AMQP = HEX.parseHex("414d515000010000");

  /** sasl-init with ANONYMOUS. */
  private static final byte[] INIT = frame(1, "005341c00c01a309414e4f4e594d4f5553");

  /** open with container-id "x". */
  private static final byte[] OPEN = frame(0, "005310c00401a10178");

  /** begin. */
  private static final byte[] BEGIN = frame(0, "005311c0080440520152805280");

  private static ServiceBusEmulator emulator;

  @BeforeAll
  static void start() {
    emulator = ServiceBusEmulator.builder().queue("q").start();
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  static Stream<Arguments> corpus() {
    byte[] signedIn = join(SASL, INIT, AMQP);
    byte[] open = join(signedIn, OPEN);
    return Stream.of(
        Arguments.of("an HTTP request", "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII)),
        Arguments.of("zeros", new byte[5000]),
        Arguments.of("all ones", filled(5000, 0xff)),
        Arguments.of("AMQP 0.9.1", HEX.parseHex("414d515000000901")),
        Arguments.of("AMQP 9.9.9", HEX.parseHex("414d515000090909")),
        Arguments.of("SASL header twice", join(SASL, SASL)),
        Arguments.of("a frame of size 0", join(SASL, HEX.parseHex("0000000002010000"))),
        Arguments.of("a frame smaller than its head", join(SASL, HEX.parseHex("0000000402010000"))),
        Arguments.of("a SASL frame of 2 GB", join(SASL, HEX.parseHex("7fffffff02010000"))),
        Arguments.of("a SASL frame of -1", join(SASL, HEX.parseHex("ffffffff02010000"))),
        Arguments.of("an AMQP frame of 2 GB", join(open, HEX.parseHex("7fffffff02000000"))),
        Arguments.of("an AMQP frame over the limit", join(open, oversize())),
        Arguments.of("a data offset of 0", join(open, HEX.parseHex("0000000c0000000000531845"))),
        Arguments.of(
            "a data offset past the end", join(open, HEX.parseHex("0000000cff00000000531845"))),
        Arguments.of("an unknown frame type", join(open, HEX.parseHex("0000000c0207000000531845"))),
        Arguments.of("a SASL frame after the sign-in", join(open, INIT)),
        Arguments.of("open where sasl-init belongs", join(SASL, OPEN)),
        Arguments.of("an unknown performative", join(open, frame(0, "0053ff45"))),
        Arguments.of("a performative that is a string", join(open, frame(0, "a10178"))),
        Arguments.of("begin before open", join(signedIn, BEGIN)),
        Arguments.of(
            "attach without a session", join(open, frame(0, "005312c00801a1016c434140404040"))),
        Arguments.of("transfer without a link", join(open, BEGIN, frame(0, "005314c0020143"))),
        Arguments.of("flow without a session", join(open, frame(0, "005313c00100"))),
        Arguments.of(
            "a list longer than its frame", join(open, frame(0, "005311d07fffffff00000004"))),
        Arguments.of("a list of 2^31 elements", join(open, frame(0, "005311d0000000047fffffff"))),
        Arguments.of(
            "an array of 2^31 nulls",
            join(open, frame(0, "005310d00000000e00000001f0000000057fffffff40"))),
        Arguments.of(
            "a symbol of 2 GB", join(signedIn, frame(0, "005310d00000000a00000001b17fffffff78"))),
        Arguments.of(
            "descriptors within descriptors", join(signedIn, frame(0, "00".repeat(60000)))),
        Arguments.of("lists within lists", join(signedIn, frame(0, nested(6000)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corpus")
  void closeTheConnection(String name, byte[] bytes) throws IOException {
    assertThat(endsAfter(bytes)).as(name).isTrue();
    assertThat(serves()).as("the next client after " + name).isTrue();
  }

  @Test
  void truncatedAnywhereEndsWithItsClient() throws IOException {
    byte[] whole = join(SASL, INIT, AMQP, OPEN, BEGIN);
    for (int length = 0; length < whole.length; length++) {
      try (Socket socket = connect()) {
        socket.getOutputStream().write(whole, 0, length);
      }
    }
    assertThat(serves()).isTrue();
  }

  @Test
  void changedAtRandomNeverStopsTheLoop() throws IOException {
    Random random = new Random(42);
    byte[] whole = join(SASL, INIT, AMQP, OPEN, BEGIN);
    for (int round = 0; round < 300; round++) {
      byte[] changed = whole.clone();
      IntStream.range(0, 1 + random.nextInt(4))
          .forEach(_ -> changed[random.nextInt(changed.length)] = (byte) random.nextInt(256));
      try (Socket socket = connect()) {
        write(socket, changed);
      }
    }
    assertThat(serves()).isTrue();
  }

  @Test
  void endlessGarbageTakesNoMemory() throws IOException {
    long before = used();
    byte[] garbage = filled(1 << 20, 0x41);
    for (int client = 0; client < 50; client++) {
      try (Socket socket = connect()) {
        write(socket, garbage);
      }
    }
    assertThat(serves()).isTrue();
    assertThat(used() - before).isLessThan(64L << 20);
  }

  private static boolean endsAfter(byte[] bytes) throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(10_000);
      write(socket, bytes);
      byte[] sink = new byte[4096];
      try {
        while (socket.getInputStream().read(sink) >= 0) {
          // The service may say why before it closes.
        }
      } catch (SocketException _) {
        // Closed with bytes unread.
      }
      return true;
    }
  }

  private static void write(Socket socket, byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException _) {
      // The service has heard enough.
    }
  }

  private static Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), emulator.port());
  }

  private static boolean serves() {
    try (ServiceBusSenderClient sender =
        new ServiceBusClientBuilder()
            .connectionString(emulator.connectionString())
            .sender()
            .queueName("q")
            .buildClient()) {
      emulator.purge("q");
      sender.sendMessage(new ServiceBusMessage("a"));
      return emulator.counts("q").active() == 1;
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static byte[] oversize() {
    byte[] frame = new byte[100_000];
    ByteBuffer.wrap(frame).putInt(frame.length).put((byte) 2);
    return frame;
  }

  /** Lists in one another, in an open's place. */
  private static String nested(int depth) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      int rest = (depth - i - 1) * 9;
      hex.append("d0%08x00000001".formatted(rest + 4));
    }
    return "005310" + hex;
  }

  private static byte[] frame(int type, String body) {
    byte[] bytes = HEX.parseHex(body);
    return ByteBuffer.allocate(8 + bytes.length)
        .putInt(8 + bytes.length)
        .put((byte) 2)
        .put((byte) type)
        .putShort((short) 0)
        .put(bytes)
        .array();
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
