package dev.roost.samples;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.TimerTrigger;

/**
 * A timer. The schedule comes from the setting {@code HeartbeatSchedule} (see local.settings.json):
 * six fields, seconds first. However many hosts share the storage account, one of them fires. The
 * parameter is JSON with {@code ScheduleStatus} and {@code IsPastDue}.
 */
public class Heartbeat {

  @FunctionName("Heartbeat")
  public void beat(
      @TimerTrigger(name = "timer", schedule = "%HeartbeatSchedule%") String timer,
      @QueueOutput(name = "beats", queueName = "heartbeats", connection = "AzureWebJobsStorage")
          OutputBinding<String> beats,
      ExecutionContext context) {
    context.getLogger().info("Timer: " + timer);
    beats.setValue(context.getInvocationId());
  }
}
