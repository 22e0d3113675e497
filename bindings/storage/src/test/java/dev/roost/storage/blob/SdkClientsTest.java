package dev.roost.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.common.StorageSharedKeyCredential;
import dev.roost.spi.BindingContext;
import dev.roost.spi.BindingData;
import dev.roost.spi.Direction;
import dev.roost.testkit.TestHost;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SdkClientsTest {
  private final TestHost host = new BlobAccount().host();

  private BindingContext input(String path, String connection) {
    return host.context(
        "Thumb", BlobAccount.binding("blob", Direction.IN, "path", path, "connection", connection));
  }

  private Object value(String path, String connection, Class<?> type) throws Exception {
    return new BlobInputProvider()
        .parameter(input(path, connection), type)
        .orElseThrow()
        .value(BindingData.builder().text("name", "a/b.png").build());
  }

  @Test
  void makesEveryClientOfAPath() throws Exception {
    assertThat((BlobClient) value("pictures/{name}", "Storage", BlobClient.class))
        .satisfies(blob -> assertThat(blob.getBlobName()).isEqualTo("a/b.png"))
        .satisfies(blob -> assertThat(blob.getContainerName()).isEqualTo("pictures"));
    assertThat(
            ((BlockBlobClient) value("pictures/{name}", "Storage", BlockBlobClient.class))
                .getBlobName())
        .isEqualTo("a/b.png");
    for (String path : new String[] {"pictures", "pictures/{name}"}) {
      assertThat(
              ((BlobContainerClient) value(path, "Storage", BlobContainerClient.class))
                  .getBlobContainerName())
          .isEqualTo("pictures");
    }
    assertThat(
            ((BlobServiceClient) value("pictures", "Storage", BlobServiceClient.class))
                .getAccountName())
        .isEqualTo("devstoreaccount1");
  }

  @Test
  void makesTheBlobOfATrigger() throws Exception {
    BindingContext context =
        host.context(
            "Thumb", BlobAccount.binding("blobTrigger", Direction.IN, "path", "pictures/{name}"));

    Object blob =
        new BlobTrigger()
            .parameter(context, BlobClient.class)
            .orElseThrow()
            .value(BindingData.builder().text("BlobTrigger", "pictures/x.png").build());

    assertThat(((BlobClient) blob).getBlobName()).isEqualTo("x.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "managedidentity", "workloadidentity"})
  void usesTheIdentityOfTheConnection(String credential) throws Exception {
    host.values.put("Secured__accountName", "pictures1");
    host.values.put("Secured__clientId", "00000000-0000-0000-0000-000000000001");
    host.values.put("Secured__tenantId", "00000000-0000-0000-0000-000000000002");
    if (!credential.isEmpty()) {
      host.values.put("Secured__credential", credential);
      host.values.put("AZURE_FEDERATED_TOKEN_FILE", "/nowhere");
    }
    try {
      BlobClient blob = (BlobClient) value("pictures/{name}", "Secured", BlobClient.class);
      assertThat(blob.getBlobUrl())
          .isEqualTo("https://pictures1.blob.core.windows.net/pictures/a%2Fb.png");
    } catch (java.io.IOException e) {
      // The SDK itself asks for the token's file in the environment, which a test has not.
      assertThat(credential).isEqualTo("workloadidentity");
      assertThat(e).hasMessageContaining("the app's Azure SDK failed in build");
    }
  }

  @ParameterizedTest(name = "{0} is no client")
  @CsvSource({"java.lang.String", "java.io.InputStream", "com.azure.core.util.BinaryData"})
  void leavesOtherTypesToTheHost(String type) throws Exception {
    assertThat(
            new BlobInputProvider()
                .parameter(input("pictures/{name}", "Storage"), Class.forName(type)))
        .isEmpty();
  }

  @Test
  void saysThatTheAppLacksTheIdentityLibrary() throws Exception {
    host.values.put("Secured__accountName", "pictures1");
    URL[] jars =
        Stream.of(BlobClient.class, BinaryData.class, StorageSharedKeyCredential.class)
            .map(part -> part.getProtectionDomain().getCodeSource().getLocation())
            .toArray(URL[]::new);
    try (URLClassLoader app = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = app.loadClass("com.azure.storage.blob.BlobClient");

      assertThatThrownBy(
              () -> new BlobInputProvider().parameter(input("pictures/{name}", "Secured"), type))
          .hasMessageContaining("does not bring com.azure.identity.DefaultAzureCredentialBuilder")
          .hasMessageContaining("com.azure:azure-identity");
    }
  }
}
