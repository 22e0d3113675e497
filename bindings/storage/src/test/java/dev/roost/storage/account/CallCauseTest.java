package dev.roost.storage.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallCauseTest {
  private static HttpRequest request(String method, String path) {
    return new HttpRequest(HttpMethod.valueOf(method), "http://127.0.0.1:1/account/" + path);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, orders/messages?numofmessages=16, POLL",
    "PUT, orders/messages/1?popreceipt=x, RENEW",
    "DELETE, orders/messages/1?popreceipt=x, DELETE",
    "POST, orders/messages, SEND",
    "DELETE, orders/messages, DELETE",
    "GET, orders?comp=metadata, OTHER",
    "PUT, orders, OTHER",
  })
  void tellsRequestsToQueuesApart(String method, String path, CallCause cause) {
    assertThat(CallCause.ofQueues(request(method, path))).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, files?restype=container&comp=list, LIST",
    "PUT, files?restype=container, OTHER",
    "GET, ?comp=list, OTHER",
    "GET, files/a.txt, BLOB",
    "HEAD, files/messages/a, BLOB",
    "PUT, azure-webjobs-hosts/blobreceipts%2Fh%2FF%2F%221%22%2Ffiles%2Fa, RECEIPT",
    "PUT, azure-webjobs-hosts/roost%2Fblobs%2Fh%2FF%2Ffiles%2Fa, RECEIPT",
    "PUT, azure-webjobs-hosts/locks%2Fh%2Fhost?comp=lease, LOCK",
    "GET, azure-webjobs-hosts/timers%2Fh%2FF%2Fstatus, STATE",
    "GET, azure-webjobs-hosts?restype=container&comp=list, STATE",
  })
  void tellsRequestsToBlobsApart(String method, String path, CallCause cause) {
    assertThat(CallCause.ofBlobs(request(method, path))).isEqualTo(cause);
  }
}
