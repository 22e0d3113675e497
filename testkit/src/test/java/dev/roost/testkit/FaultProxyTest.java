package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  @Test
  void deliversNothingWhileItIsCutAndTheRestWhenItHeals() throws IOException {
    try (ServerSocket service = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        FaultProxy proxy = FaultProxy.to(service.getLocalPort());
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        Socket accepted = service.accept()) {
      accepted.setSoTimeout(200);
      client.getOutputStream().write(1);
      assertThat(accepted.getInputStream().read()).isEqualTo(1);

      proxy.cut();
      client.getOutputStream().write(2);
      assertThatThrownBy(() -> accepted.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      proxy.heal();
      accepted.setSoTimeout(10_000);
      assertThat(accepted.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void acceptsNewConnectionsWhileItIsCutAndLeavesThemUnanswered() throws IOException {
    try (ServerSocket service = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        FaultProxy proxy = FaultProxy.to(service.getLocalPort())) {
      proxy.cut();
      service.setSoTimeout(200);
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
        client.getOutputStream().write(1);
        assertThatThrownBy(service::accept).isInstanceOf(SocketTimeoutException.class);
        proxy.heal();
        service.setSoTimeout(10_000);
        try (Socket accepted = service.accept()) {
          assertThat(accepted.getInputStream().read()).isEqualTo(1);
        }
      }
    }
  }
}
