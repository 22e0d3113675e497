package dev.roost.host.invoke;

/** Where the value of a parameter comes from. */
sealed interface Argument {

  /** The context of the call. */
  record Context() implements Argument {}

  /** An {@code OutputBinding}. */
  record Output(String binding) implements Argument {}

  /** The trigger or an input binding. */
  record Input(String binding, Converter converter) implements Argument {}

  /** Trigger metadata of exactly this name; without it, only an Optional can be filled. */
  record Metadata(String name, Converter converter, boolean optional) implements Argument {}
}
