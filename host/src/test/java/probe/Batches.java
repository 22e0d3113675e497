package probe;

import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.roost.annotations.BatchResult;
import dev.roost.annotations.PermanentFailureException;
import dev.roost.annotations.QueueMessage;
import java.time.Duration;
import java.util.List;

/** Functions that take many messages, or compose their own. */
public class Batches {
  private static final String IN = "in";

  /** Says of each order that begins with "bad" that it failed, of "worse" that it did for good. */
  public BatchResult some(@QueueTrigger(name = "in", queueName = IN) List<String> orders) {
    BatchResult result = BatchResult.succeeded();
    for (int i = 0; i < orders.size(); i++) {
      if (orders.get(i).startsWith("bad")) {
        result = result.withFailure(i, new IllegalStateException(orders.get(i)));
      } else if (orders.get(i).startsWith("worse")) {
        result = result.withFailure(i, new PermanentFailureException(orders.get(i)));
      }
    }
    return result;
  }

  /** One composed message. */
  public void one(
      @QueueTrigger(name = "in", queueName = IN) String order,
      @QueueOutput(name = "out", queueName = "out") OutputBinding<QueueMessage> out) {
    out.setValue(
        QueueMessage.of(order)
            .withDelay(Duration.ofMinutes(1))
            .withTimeToLive(Duration.ofHours(1)));
  }

  /** Two composed messages. */
  public List<QueueMessage> two(@QueueTrigger(name = "in", queueName = IN) String order) {
    return List.of(QueueMessage.of(order), QueueMessage.of(new int[] {1, 2}).neverExpiring());
  }

  /** Two composed messages in an array. */
  public QueueMessage[] array(@QueueTrigger(name = "in", queueName = IN) String order) {
    return new QueueMessage[] {QueueMessage.of(order), QueueMessage.of(order)};
  }
}
