package probe;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.roost.annotations.MultipartForm;
import dev.roost.annotations.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Functions that take forms. */
public class Uploads {
  /** The form of the last call. */
  public static volatile MultipartForm last;

  public String bare(@HttpTrigger(name = "in") MultipartForm form) throws IOException {
    last = form;
    List<String> told = new ArrayList<>();
    for (Part part : form.parts()) {
      told.add(part.name() + part.fileName().orElse("") + "=" + part.size());
    }
    return String.join(";", told) + " " + form.part("a").orElseThrow().text();
  }

  public String message(@HttpTrigger(name = "in") HttpRequestMessage<MultipartForm> request)
      throws IOException {
    return request.getHttpMethod() + " " + bare(request.getBody());
  }

  public String queued(@QueueTrigger(name = "in", queueName = "q") MultipartForm form) {
    return "never";
  }
}
