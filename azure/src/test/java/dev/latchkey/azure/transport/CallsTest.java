// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.gate.Call;
import dev.latchkey.core.gate.Call.Kind;
import dev.latchkey.core.gate.Call.Owner;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

class CallsTest {
  private static final String GROUP = "/subscriptions/S/resourceGroups/rg/providers/";
  private static final String CLUSTER = GROUP + "Microsoft.ContainerService/managedClusters/aks";

  @Test
  void tellsTheRequestsToAksApart() {
    assertThat(call("GET", CLUSTER)).isEqualTo(new Call(Owner.CLUSTERS, Kind.READ, "s", CLUSTER));
    assertThat(call("PUT", CLUSTER)).isEqualTo(new Call(Owner.CLUSTERS, Kind.WRITE, "s", CLUSTER));
    assertThat(call("POST", CLUSTER + "/listClusterUserCredential"))
        .isEqualTo(new Call(Owner.CLUSTERS, Kind.ACTION, "s", CLUSTER));
    assertThat(call("GET", "/subscriptions/S/providers/Microsoft.ContainerService/managedClusters"))
        .extracting(Call::owner, Call::kind)
        .containsExactly(Owner.CLUSTERS, Kind.LIST);
    assertThat(
            call(
                "GET",
                "/subscriptions/S/providers/Microsoft.ContainerService/locations/l/operations/o"))
        .isEqualTo(new Call(Owner.CLUSTERS, Kind.STATUS, "s", ""));
  }

  @Test
  void countsTheListsOfAResourceGroupApart() {
    String list = "Microsoft.ContainerService/managedClusters";

    assertThat(call("GET", "/subscriptions/S/providers/" + list))
        .isEqualTo(new Call(Owner.CLUSTERS, Kind.LIST, "s", ""));
    assertThat(call("GET", GROUP + list))
        .isEqualTo(new Call(Owner.CLUSTERS, Kind.LIST, "s", "/subscriptions/s/resourcegroups/rg"));
  }

  @Test
  void countsWhatBelongsToNoSubscriptionForTheTenant() {
    assertThat(call("GET", "/subscriptions")).isEqualTo(new Call(Owner.TENANT, Kind.READ, "", ""));
    assertThat(call("GET", "/tenants")).isEqualTo(new Call(Owner.TENANT, Kind.READ, "", ""));
    assertThat(call("GET", "/subscriptions/S/resourceGroups/rg"))
        .isEqualTo(new Call(Owner.RESOURCES, Kind.READ, "s", ""));
  }

  @Test
  void tellsIdentitiesFromTheirLists() {
    String identity = GROUP + "Microsoft.ManagedIdentity/userAssignedIdentities/id";

    assertThat(call("PUT", identity))
        .isEqualTo(new Call(Owner.IDENTITIES, Kind.WRITE, "s", identity));
    assertThat(call("GET", identity))
        .isEqualTo(new Call(Owner.IDENTITIES, Kind.READ, "s", identity));
    assertThat(
            call(
                "GET",
                "/subscriptions/S/providers/Microsoft.ManagedIdentity/userAssignedIdentities"))
        .isEqualTo(new Call(Owner.IDENTITIES, Kind.LIST, "s", ""));
  }

  @Test
  void countsACredentialWithItsIdentity() {
    String identity = GROUP + "Microsoft.ManagedIdentity/userAssignedIdentities/id";

    assertThat(call("GET", identity + "/federatedIdentityCredentials"))
        .isEqualTo(new Call(Owner.IDENTITIES, Kind.LIST, "s", identity));
    assertThat(call("PUT", identity + "/federatedIdentityCredentials/lk"))
        .isEqualTo(new Call(Owner.IDENTITIES, Kind.WRITE, "s", identity));
  }

  @Test
  void countsARoleAssignmentOnAClusterForArmAlone() {
    assertThat(call("PUT", CLUSTER + "/providers/Microsoft.Authorization/roleAssignments/g"))
        .isEqualTo(new Call(Owner.RESOURCES, Kind.WRITE, "s", ""));
  }

  @Test
  void knowsTokensAndSecretsOnAnyHost() {
    assertThat(call("POST", "/T/oauth2/v2.0/token"))
        .isEqualTo(new Call(Owner.TOKENS, Kind.ACTION, "t", ""));
    assertThat(call("GET", "/secrets/db-password"))
        .isEqualTo(new Call(Owner.VAULT, Kind.READ, "host.localhost", ""));
    assertThat(call("GET", "/tenant/guid/.well-known/openid-configuration"))
        .isEqualTo(Call.unlimited());
  }

  private static Call call(String method, String path) {
    return Calls.of(
        HttpRequest.newBuilder(URI.create("https://host.localhost:8443" + path + "?api-version=1"))
            .method(method, BodyPublishers.noBody())
            .build());
  }
}
