package dev.roost.samples;

import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.BlobOutput;
import com.microsoft.azure.functions.annotation.BlobTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.StorageAccount;

/**
 * Blob to blob: runs once for each new or changed blob whose name fits the pattern. What {@code
 * {name}} stood for is at hand as {@code @BindingName("name")} and in other paths. {@code dataType
 * = "binary"} hands over the bytes as they are.
 */
public class Mirror {

  @FunctionName("Mirror")
  @StorageAccount("AzureWebJobsStorage")
  @BlobOutput(name = "$return", path = "outbox/{name}.bin", dataType = "binary")
  public byte[] mirror(
      @BlobTrigger(name = "content", path = "inbox/{name}.bin", dataType = "binary") byte[] content,
      @BindingName("name") String name) {
    byte[] reversed = new byte[content.length];
    for (int i = 0; i < content.length; i++) {
      reversed[i] = content[content.length - 1 - i];
    }
    return reversed;
  }
}
