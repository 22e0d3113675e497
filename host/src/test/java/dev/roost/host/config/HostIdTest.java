package dev.roost.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostIdTest {
  private static final Path ROOT = Path.of("/apps/orders");

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "AzureFunctionsWebHost__hostid=Orders                                | orders",
        "AzureFunctionsWebHost__hostid=a-very-long-name-of-an-app-indeed-x   | a-very-long-name-of-an-app-indee",
        "AzureFunctionsWebHost__hostid=0123456789012345678901234567890-tail  | 0123456789012345678901234567890",
        "WEBSITE_SITE_NAME=MySite                                            | mysite",
        "WEBSITE_SITE_NAME=MySite;WEBSITE_SLOT_NAME=Production               | mysite",
        "WEBSITE_SITE_NAME=MySite;WEBSITE_SLOT_NAME=Staging                  | mysite-staging",
        "CONTAINER_APP_NAME=Worker                                           | worker",
        "AzureFunctionsWebHost__hostid=mine;WEBSITE_SITE_NAME=other          | mine",
        "AzureFunctionsWebHost__hostid= ;WEBSITE_SITE_NAME=other             | other",
      })
  void isGivenByTheFirstSettingThatSaysSomething(String settings, String id) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String setting : settings.split(";")) {
      String[] pair = setting.split("=", 2);
      variables.put(pair[0].strip(), pair[1]);
    }
    assertThat(HostId.of(new EnvironmentSettings(variables), "box", ROOT))
        .isEqualTo(new HostId(id, false));
  }

  @Test
  void isMadeOfMachineAndFolderOtherwise() {
    HostId id = HostId.of(new EnvironmentSettings(Map.of()), "My-Box.local", ROOT);
    assertThat(id.generated()).isTrue();
    assertThat(id.value()).matches("myboxlocal-\\d+").hasSizeLessThanOrEqualTo(32);
    assertThat(HostId.of(new EnvironmentSettings(Map.of()), "My-Box.local", ROOT)).isEqualTo(id);
    assertThat(HostId.of(new EnvironmentSettings(Map.of()), "My-Box.local", Path.of("/apps/other")))
        .isNotEqualTo(id);
  }
}
