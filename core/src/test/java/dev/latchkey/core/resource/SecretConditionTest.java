// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretConditionTest {
  private static final List<SecretName> TWO =
      List.of(new SecretName("payment-api-key"), new SecretName("db-password"));

  @Test
  void letsOnlyTheNamedSecretsBeRead() {
    assertThat(SecretCondition.of(TWO))
        .isEqualTo(
            "((!(ActionMatches{'Microsoft.KeyVault/vaults/secrets/getSecret/action'})"
                + " AND !(ActionMatches{'Microsoft.KeyVault/vaults/secrets/readMetadata/action'}))"
                + " OR (@Resource[Microsoft.KeyVault/vaults/secrets:name] StringEquals 'db-password'"
                + " OR @Resource[Microsoft.KeyVault/vaults/secrets:name] StringEquals"
                + " 'payment-api-key'))");
  }

  @Test
  void readsTheSecretsBackWhateverTheWhiteSpace() {
    String lines = SecretCondition.of(TWO).replace(" ", "\r\n ");

    assertThat(SecretCondition.secrets(lines))
        .contains(List.of(new SecretName("db-password"), new SecretName("payment-api-key")));
  }

  @Test
  void readsNoConditionThatSaysMore() {
    String wider = SecretCondition.of(TWO).replaceFirst("AND .*?\\)\\)", ")");

    assertThat(SecretCondition.secrets(wider)).isEmpty();
    assertThat(
            SecretCondition.secrets(
                "@Resource[Microsoft.KeyVault/vaults/secrets:name] StringStartsWith 'db-'"))
        .isEmpty();
  }
}
