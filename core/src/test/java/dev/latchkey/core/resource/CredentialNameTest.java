// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialNameTest {
  private static final ResourceId CLUSTER = ResourceId.cluster("s-1", "rg", "aks.weu_1");

  @Test
  void namesClusterNamespaceAndAccountReadably() {
    assertThat(CredentialName.of(CLUSTER, new ServiceAccount("shop", "orders.v2")))
        .matches("lk-aks-weu-1-shop-orders-v2-[0-9a-f]{12}");
  }

  @Test
  void neverExceedsWhatAzureAllows() {
    String name = CredentialName.of(CLUSTER, new ServiceAccount("n".repeat(63), "a".repeat(253)));

    assertThat(name).hasSize(120).matches("[a-zA-Z0-9][a-zA-Z0-9-_]{2,119}");
  }

  @Test
  void isTheSameWhateverTheCaseOfTheClustersId() {
    var account = new ServiceAccount("shop", "orders");
    var shouted = new ResourceId(CLUSTER.text().replace("resourceGroups", "resourcegroups"));

    assertThat(CredentialName.of(shouted, account)).isEqualTo(CredentialName.of(CLUSTER, account));
  }

  @Test
  void differsForClustersOfOneNameInTwoGroups() {
    var account = new ServiceAccount("shop", "orders");

    assertThat(CredentialName.of(ResourceId.cluster("s-1", "other", "aks.weu_1"), account))
        .isNotEqualTo(CredentialName.of(CLUSTER, account));
  }
}
