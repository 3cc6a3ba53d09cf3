// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final String VAULT = "https://kv.vault.azure.net/";

  @Test
  void readsSecretsAsTheChartWritesThem() {
    var settings =
        Settings.from(
            Map.of(
                "KEY_VAULT_URI",
                VAULT,
                "SECRETS",
                "[{\"as\":\"PAYMENT_KEY\",\"name\":\"payment-api-key\"},{\"name\":\"db-password\"}]"));

    assertThat(settings.secrets())
        .containsExactly(
            new WantedSecret("payment-api-key", "PAYMENT_KEY"),
            new WantedSecret("db-password", "db-password"));
  }

  @Test
  void readsSecretsAsAPersonWritesThem() {
    var settings =
        Settings.from(
            Map.of("KEY_VAULT_URI", VAULT, "SECRETS", "payment-api-key=KEY, db-password"));

    assertThat(settings.secrets())
        .containsExactly(
            new WantedSecret("payment-api-key", "KEY"),
            new WantedSecret("db-password", "db-password"));
  }

  @Test
  void servesOnPort8080UnlessToldOtherwise() {
    assertThat(Settings.from(Map.of("KEY_VAULT_URI", VAULT)).port()).isEqualTo(8080);
    assertThat(Settings.from(Map.of("KEY_VAULT_URI", VAULT, "PORT", "9000")).port())
        .isEqualTo(9000);
  }

  @Test
  void namesTheVariableThatIsWrong() {
    assertThatThrownBy(() -> Settings.from(Map.of()))
        .hasMessage("KEY_VAULT_URI is not an https address: it is not set");
    assertThatThrownBy(() -> Settings.from(Map.of("KEY_VAULT_URI", "http://kv")))
        .hasMessage("KEY_VAULT_URI is not an https address: http://kv");
    assertThatThrownBy(() -> Settings.from(Map.of("KEY_VAULT_URI", VAULT, "PORT", "high")))
        .hasMessage("PORT is not a port: high");
    assertThatThrownBy(() -> Settings.from(Map.of("KEY_VAULT_URI", VAULT, "SECRETS", "[1]")))
        .hasMessage("SECRETS is not a JSON array of {\"name\", \"as\"}: [1]");
  }
}
