package dev.roost.host.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeAccessTest {

  @Test
  void isThereForAllCodeOutsideOfModules() {
    NativeAccess.allow();
    assertThat(NativeAccessTest.class.getModule().isNamed()).isFalse();
    assertThat(NativeAccessTest.class.getModule().isNativeAccessEnabled()).isTrue();
  }
}
