// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.azure.fake.Recordings;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Tags;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArmManagedIdentitiesTest {
  private static final ResourceId ID = ResourceId.identity("s", "rg", "id-orders");

  private final FakeWire wire = new FakeWire();
  private final ArmManagedIdentities identities = new ArmManagedIdentities(FakeArm.over(wire));

  @Test
  void readsWhatAzureAnsweredToANewIdentityAndToTheSameOneAgain() {
    JsonNode file = Recordings.file("arm-identities", "create-again-tags-delete-404.json");
    for (JsonNode exchange : Recordings.exchanges(file).subList(0, 2)) {
      JsonNode body = exchange.at("/response/body");
      wire.answer(exchange.at("/response/status").asInt(), body.toString());

      var identity = identities.put(ID, "westus2", Tags.none());

      assertThat(identity.principal().value())
          .isEqualTo(body.at("/properties/principalId").asString());
      assertThat(identity.client().value()).isEqualTo(body.at("/properties/clientId").asString());
      assertThat(identity.tenant().value()).isEqualTo(body.at("/properties/tenantId").asString());
    }
  }

  @Test
  void sendsLocationAndTags() {
    wire.answer(201, "{\"location\":\"westeurope\",\"properties\":{},\"tags\":{\"a\":\"b\"}}");

    var identity = identities.put(ID, "westeurope", new Tags(Map.of("a", "b")));

    assertThat(wire.sent.getFirst().body())
        .isEqualTo("{\"location\":\"westeurope\",\"tags\":{\"a\":\"b\"}}");
    assertThat(wire.sent.getFirst().headers().firstValue("Authorization"))
        .contains("Bearer the-token");
    assertThat(identity.tags()).isEqualTo(new Tags(Map.of("a", "b")));
  }

  @Test
  void hasNoCredentialsWhenTheIdentityIsNotThere() {
    wire.answer(404, "{\"error\":{\"code\":\"ParentResourceNotFound\",\"message\":\"m\"}}");

    assertThat(identities.credentials(ID)).isEmpty();
  }

  @Test
  void writesACredentialToTheLetterAndReadsItBack() {
    var credential =
        new FederatedCredential(
            "lk-aks", new Issuer("https://issuer/T/"), "system:serviceaccount:a:b", "api://x");
    wire.answer(201, "{}");
    identities.put(ID, credential);

    JsonNode sent = JsonMapper.shared().readTree(wire.sent.getFirst().body());
    wire.answer(
        200, "{\"value\":[{\"name\":\"lk-aks\",\"properties\":" + sent.path("properties") + "}]}");

    assertThat(wire.sent.getFirst().uri().getPath())
        .endsWith("/id-orders/federatedIdentityCredentials/lk-aks");
    assertThat(identities.credentials(ID)).containsExactly(credential);
  }
}
