package dev.roost.samples;

import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.TableOutput;

/**
 * Queue to table: an object with {@code PartitionKey} and {@code RowKey} becomes a row, its other
 * fields become columns. The message's id as row key makes a repeated delivery visible instead of
 * counting it twice.
 */
public class Ledger {

  /** The message. */
  public static class Payment {
    public String customer = "";
    public int cents;
  }

  /** The row. */
  public static class Entry {
    public final String PartitionKey;
    public final String RowKey;
    public final int cents;

    Entry(String customer, String id, int cents) {
      this.PartitionKey = customer;
      this.RowKey = id;
      this.cents = cents;
    }
  }

  @FunctionName("Ledger")
  public void enter(
      @QueueTrigger(name = "payment", queueName = "payments", connection = "AzureWebJobsStorage")
          Payment payment,
      @BindingName("Id") String messageId,
      @TableOutput(name = "row", tableName = "Ledger", connection = "AzureWebJobsStorage")
          OutputBinding<Entry> row) {
    row.setValue(new Entry(payment.customer, messageId, payment.cents));
  }
}
