package dev.roost.storage.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.spi.BindingException;
import dev.roost.testkit.Azurite;
import dev.roost.testkit.TestHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StorageAccountsTest {
  private static final String SECRET = "c2VjcmV0IGtleSBvZiBub2JvZHk=";
  private final TestHost host = new TestHost();

  private StorageAccount account() throws BindingException {
    return StorageAccounts.of(host).named("Orders");
  }

  @Test
  void knowsTheEmulatorByItsShortName() throws Exception {
    host.values.put("Orders", "UseDevelopmentStorage=true");

    assertThat(account().blobs().getAccountUrl())
        .isEqualTo("http://127.0.0.1:10000/" + Azurite.ACCOUNT);
    assertThat(account().queues().getQueueServiceUrl())
        .isEqualTo("http://127.0.0.1:10001/" + Azurite.ACCOUNT);
    assertThat(account().tables().getServiceEndpoint())
        .startsWith("http://127.0.0.1:10002/" + Azurite.ACCOUNT);
  }

  @Test
  void makesTheClientsOfAConnectionOnce() throws Exception {
    host.values.put("Orders", "UseDevelopmentStorage=true");

    assertThat(account()).isSameAs(account());
    assertThat(account().queues()).isSameAs(account().queues());
    assertThat(account().blobs()).isNotSameAs(account().leases());
  }

  @Test
  void prefersThePrefixedSetting() throws Exception {
    host.values.put("Orders", "nonsense");
    host.values.put("AzureWebJobsOrders", "UseDevelopmentStorage=true");

    assertThat(account().origin()).isEqualTo("AzureWebJobsOrders");
  }

  @ParameterizedTest
  @CsvSource({
    "accountName, acme, https://acme.blob.core.windows.net, https://acme.queue.core.windows.net",
    "serviceUri, https://x.example, https://x.example, https://x.example",
  })
  void findsTheServicesOfAnIdentitySection(String key, String value, String blob, String queue)
      throws Exception {
    host.values.put("Orders__" + key, value);

    assertThat(account().blobs().getAccountUrl()).isEqualTo(blob);
    assertThat(account().queues().getQueueServiceUrl()).isEqualTo(queue);
  }

  @ParameterizedTest
  @CsvSource({
    "managedidentity, , , ",
    "managedIdentity, id, , ",
    ", id, tenant, secret",
    ", id, , ",
  })
  void takesTheCredentialThatTheSectionNames(
      String credential, String clientId, String tenantId, String clientSecret) throws Exception {
    host.values.put("Orders__blobServiceUri", "https://acme.blob.core.windows.net");
    put("credential", credential);
    put("clientId", clientId);
    put("tenantId", tenantId);
    put("clientSecret", clientSecret);

    assertThat(account().blobs().getAccountName()).isEqualTo("acme");
  }

  private void put(String key, String value) {
    if (value != null) {
      host.values.put("Orders__" + key, value);
    }
  }

  @Test
  void asksForTheAddressOfTheServiceThatIsMissing() throws Exception {
    host.values.put("Orders__blobServiceUri", "https://acme.blob.core.windows.net");

    assertThatThrownBy(() -> account().queues())
        .isInstanceOf(BindingException.class)
        .hasMessage(
            "connection: the section 'Orders' has no address for its queues."
                + " Set Orders__accountName or Orders__queueServiceUri.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "whatever | is not made of key=value pairs separated by ';'",
        "AccountName=a;AccountKey=*** | has an AccountKey that is not Base64",
        "AccountName=a | has neither an AccountKey nor a SharedAccessSignature",
        "AccountKey=" + SECRET + " | has an AccountKey but no AccountName",
        "AccountName=a;AccountKey=" + SECRET + ";QueueEndpoint=q | has a QueueEndpoint that is not",
        "UseDevelopmentStorage=yes | has a UseDevelopmentStorage other than 'true'",
        "BlobEndpoint=https://a.example;SharedAccessSignature=s | has neither an AccountName nor a Q",
      })
  void tellsABadConnectionStringByItsSetting(String value, String reason) {
    host.values.put("Orders", value);

    assertThatThrownBy(() -> account().queues())
        .isInstanceOf(BindingException.class)
        .hasMessageStartingWith(
            "connection: the connection string in the setting 'Orders' " + reason)
        .hasMessageNotContainingAny(SECRET, "***");
  }

  @ParameterizedTest
  @CsvSource({
    "credential, magic, 'connection: ''Orders__credential'' is ''magic'''",
    "credential, workloadIdentity, 'connection: the section ''Orders'' makes no credential'",
    "queueServiceUri, http://x, 'connection: ''Orders__queueServiceUri'' is not an https URL'",
  })
  void tellsABadIdentitySection(String key, String value, String reason) {
    host.values.put("Orders__serviceUri", "https://acme.example");
    host.values.put("Orders__" + key, value);

    assertThatThrownBy(() -> account().queues())
        .isInstanceOf(BindingException.class)
        .hasMessageStartingWith(reason);
  }
}
