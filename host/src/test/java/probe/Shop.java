package probe;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Functions whose requests can be wrong in many places. */
public class Shop {
  public record Item(String name, int count, BigDecimal price) {}

  /** Refuses what it does not like by itself. */
  public record Code(String value) {
    public Code {
      if (value.isEmpty()) {
        throw new IllegalArgumentException("a code is never empty");
      }
    }
  }

  public record Basket(LocalDate day, List<Item> items, List<LocalDate> visits, Code code) {}

  public String buy(@HttpTrigger(name = "in") HttpRequestMessage<Basket> request) {
    return Show.of(request.getBody());
  }

  public String buyBare(@HttpTrigger(name = "in") Basket basket) {
    return Show.of(basket);
  }

  public String page(
      @HttpTrigger(name = "in") HttpRequestMessage<String> request, @BindingName("page") int page) {
    return Show.of(page);
  }

  public void queued(@QueueTrigger(name = "in", queueName = "q") Basket basket) {}
}
