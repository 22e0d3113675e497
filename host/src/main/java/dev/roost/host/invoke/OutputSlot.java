package dev.roost.host.invoke;

import com.microsoft.azure.functions.OutputBinding;
import org.jspecify.annotations.Nullable;

/** What the user gets for an {@code OutputBinding} parameter: keeps the last value that was set. */
final class OutputSlot implements OutputBinding<@Nullable Object> {
  private volatile @Nullable Object value;

  @Override
  public @Nullable Object getValue() {
    return value;
  }

  @Override
  public void setValue(@Nullable Object value) {
    this.value = value;
  }
}
