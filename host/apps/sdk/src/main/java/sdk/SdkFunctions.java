package sdk;

import com.azure.core.util.BinaryData;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.BlobInput;
import com.microsoft.azure.functions.annotation.BlobOutput;
import com.microsoft.azure.functions.annotation.BlobTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Works with clients and messages of the Azure SDK instead of data. */
public class SdkFunctions {

  @FunctionName("SdkCopy")
  public void copy(
      @BlobTrigger(name = "blob", path = "sdk-in/{name}", connection = "AzureWebJobsStorage")
          BlobClient blob,
      @BlobInput(name = "target", path = "sdk-out", connection = "AzureWebJobsStorage")
          BlobContainerClient target,
      @BindingName("name") String name) {
    target.createIfNotExists();
    BlobClient copy = target.getBlobClient(name);
    copy.upload(
        BinaryData.fromString(blob.downloadContent().toString().toUpperCase(Locale.ROOT)), true);
    copy.setMetadata(
        Map.of(
            "from", blob.getContainerName(),
            "own", Boolean.toString(BlobClient.class.getClassLoader().equals(loader()))));
  }

  private static ClassLoader loader() {
    return SdkFunctions.class.getClassLoader();
  }

  @FunctionName("SdkWrite")
  public void write(
      @QueueTrigger(name = "message", queueName = "sdk-write", connection = "AzureWebJobsStorage")
          String message,
      @BlobInput(
              name = "block",
              path = "sdk-written/{queueTrigger}",
              connection = "AzureWebJobsStorage")
          BlockBlobClient block,
      @BlobInput(name = "service", path = "sdk-written", connection = "AzureWebJobsStorage")
          BlobServiceClient service) {
    service.createBlobContainerIfNotExists("sdk-written");
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    block.upload(new ByteArrayInputStream(text), text.length, true);
  }

  @FunctionName("SdkMessage")
  @BlobOutput(
      name = "$return",
      path = "sdk-messages/{MessageId}",
      connection = "AzureWebJobsStorage")
  public String message(
      @ServiceBusQueueTrigger(name = "message", queueName = "sdk-messages", connection = "")
          ServiceBusReceivedMessage message) {
    return String.join(
        "|",
        message.getBody().toString(),
        message.getSubject(),
        message.getCorrelationId(),
        String.valueOf(message.getApplicationProperties().get("colour")),
        Long.toString(message.getDeliveryCount()),
        Boolean.toString(message.getEnqueuedTime() != null && message.getSequenceNumber() > 0),
        Boolean.toString(ServiceBusReceivedMessage.class.getClassLoader().equals(loader())));
  }

  @FunctionName("SdkIdentity")
  public void identity(
      @BlobTrigger(name = "secured", path = "sdk-identity/{name}", connection = "SdkIdentity")
          BlobClient secured) {
    throw new IllegalStateException("the app brings no azure-identity");
  }
}
