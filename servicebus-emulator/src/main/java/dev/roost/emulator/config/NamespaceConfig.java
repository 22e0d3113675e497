package dev.roost.emulator.config;

import java.util.ArrayList;
import java.util.List;

/** The entities of a namespace. */
public record NamespaceConfig(List<QueueConfig> queues, List<TopicConfig> topics) {
  /** A namespace with nothing in it. */
  public static final NamespaceConfig EMPTY = new NamespaceConfig(List.of(), List.of());

  /** Copies the lists. */
  public NamespaceConfig {
    queues = List.copyOf(queues);
    topics = List.copyOf(topics);
  }

  /** Adds a queue. */
  public NamespaceConfig with(QueueConfig queue) {
    List<QueueConfig> more = new ArrayList<>(queues);
    more.add(queue);
    return new NamespaceConfig(more, topics);
  }

  /** Adds a topic. */
  public NamespaceConfig with(TopicConfig topic) {
    List<TopicConfig> more = new ArrayList<>(topics);
    more.add(topic);
    return new NamespaceConfig(queues, more);
  }

  /** Adds everything of another. */
  public NamespaceConfig with(NamespaceConfig other) {
    NamespaceConfig all = this;
    for (QueueConfig queue : other.queues) {
      all = all.with(queue);
    }
    for (TopicConfig topic : other.topics) {
      all = all.with(topic);
    }
    return all;
  }
}
