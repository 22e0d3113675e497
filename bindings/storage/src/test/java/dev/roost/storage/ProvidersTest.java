package dev.roost.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.spi.InputProvider;
import dev.roost.spi.OutputProvider;
import dev.roost.spi.StoreProvider;
import dev.roost.spi.TriggerProvider;
import java.util.Collection;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The host finds the bindings of this module. */
final class ProvidersTest {
  private static <P> Stream<String> types(Class<P> type, Function<P, Collection<String>> types) {
    return ServiceLoader.load(type).stream()
        .map(ServiceLoader.Provider::get)
        .map(types)
        .flatMap(Collection::stream);
  }

  @Test
  void areFoundByServiceLoader() {
    assertThat(types(TriggerProvider.class, TriggerProvider::types))
        .contains("queueTrigger", "blobTrigger");
    assertThat(types(InputProvider.class, InputProvider::types)).contains("blob", "table");
    assertThat(types(OutputProvider.class, OutputProvider::types))
        .contains("queue", "blob", "table");
    assertThat(ServiceLoader.load(StoreProvider.class)).hasSize(1);
  }
}
