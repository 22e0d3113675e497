package dev.roost.host.invoke;

import dev.roost.spi.ParameterProvider;

/** Where the value of a parameter comes from. */
sealed interface Argument {

  /** The context of the call. */
  record Context() implements Argument {}

  /** An {@code OutputBinding}. */
  record Output(String binding) implements Argument {}

  /** The trigger or an input binding. */
  record Input(String binding, Converter converter) implements Argument {}

  /** A value that a binding makes of the app's own classes, instead of its data. */
  record Own(String binding, ParameterProvider.Parameter parameter) implements Argument {}

  /** Trigger metadata of exactly this name; without it, only an Optional can be filled. */
  record Metadata(String name, Converter converter, boolean optional) implements Argument {}
}
