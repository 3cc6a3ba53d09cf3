// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.azure.fake.FakeTime;
import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.azure.fake.Fakes;
import dev.latchkey.azure.fake.Recordings;
import dev.latchkey.azure.transport.Agent;
import dev.latchkey.azure.transport.Transport;
import dev.latchkey.azure.transport.Wire;
import dev.latchkey.core.gate.Gate;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.port.SecretProbe.Answer;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.TenantId;
import dev.latchkey.core.resource.Token;
import dev.latchkey.core.resource.Vault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HttpSecretProbeTest {
  private static final Vault VAULT =
      new Vault(
          ResourceId.vault("s", "rg", "kv"),
          "https://kv.vault.localhost:8443/",
          new TenantId("t"),
          Vault.Model.ROLES,
          List.of());

  private final FakeWire wire = new FakeWire();

  @Test
  void throwsTheValueAwayUnread() {
    List<String> bodies = new ArrayList<>();
    wire.answer(200, "{\"value\":\"very-secret\"}");
    Wire watched =
        (request, handler) -> {
          var response = wire.send(request, handler);
          bodies.add(response.body());
          return response;
        };
    var transport =
        new Transport(watched, new Gate(Limits.azure()), new FakeTime(), new Agent("1", "run"));

    var answer = new HttpSecretProbe(transport).probe(VAULT, new SecretName("db"), new Token("t"));

    assertThat(answer).isEqualTo(new Answer.Read());
    assertThat(bodies).containsExactly("");
    assertThat(wire.sent.getFirst().uri().toString())
        .isEqualTo("https://kv.vault.localhost:8443/secrets/db?api-version=7.6");
  }

  @Test
  void tellsARefusalByItsInnerCode() {
    JsonNode response =
        Recordings.exchanges(Recordings.file("keyvault-data", "get-403-forbidden-by-rbac.json"))
            .getLast()
            .path("response");
    wire.answer(403, response.path("body").toString());

    assertThat(probe())
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.answer().code()).isEqualTo("ForbiddenByRbac"));
  }

  @Test
  void aMissingSecretIsNoRefusal() {
    wire.answer(404, "{\"error\":{\"code\":\"SecretNotFound\",\"message\":\"m\"}}");

    assertThat(probe()).isInstanceOf(Answer.Missing.class);
  }

  @Test
  void theNetworkInFrontOfTheVaultSaysNothingAboutRights() {
    wire.answer(
        403,
        "{\"error\":{\"code\":\"Forbidden\",\"message\":\"m\","
            + "\"innererror\":{\"code\":\"ForbiddenByFirewall\"}}}");

    assertThat(probe()).isEqualTo(new Answer.Unknown("ForbiddenByFirewall (HTTP 403)"));
  }

  private Answer probe() {
    return new HttpSecretProbe(Fakes.transport(wire))
        .probe(VAULT, new SecretName("db"), new Token("t"));
  }
}
