// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.entra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.azure.cloud.Cloud;
import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.azure.fake.Fakes;
import dev.latchkey.azure.fake.Recordings;
import dev.latchkey.core.port.TokenExchange.Exchange;
import dev.latchkey.core.resource.ClientId;
import dev.latchkey.core.resource.TenantId;
import dev.latchkey.core.resource.Token;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EntraTokenExchangeTest {
  private final FakeWire wire = new FakeWire();

  @Test
  void presentsTheAssertionFreshEachTime() {
    wire.answer(200, "{\"access_token\":\"one\"}").answer(200, "{\"access_token\":\"two\"}");

    exchange();
    var second = exchange();

    assertThat(((Exchange.Granted) second).token().<String>use(text -> text)).isEqualTo("two");
    assertThat(wire.sent.getFirst().uri().toString())
        .isEqualTo("https://login.microsoftonline.com/tenant/oauth2/v2.0/token");
    assertThat(wire.sent.getFirst().body().split("&"))
        .containsExactlyInAnyOrder(
            "grant_type=client_credentials",
            "client_id=client",
            "scope=https%3A%2F%2Fvault.azure.net%2F.default",
            "client_assertion_type="
                + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer",
            "client_assertion=a.b.c");
  }

  @Test
  void tellsARefusalByItsNumber() {
    JsonNode response =
        Recordings.exchanges(Recordings.file("entra", "exchange-700211-issuer.json"))
            .getLast()
            .path("response");
    wire.answer(response.path("status").asInt(), response.path("body").toString());

    assertThat(exchange())
        .isInstanceOfSatisfying(
            Exchange.Refused.class,
            refused -> assertThat(refused.answer().code()).isEqualTo("AADSTS700211"));
  }

  @Test
  void knowsNothingWhenEntraIsBusyOrAway() {
    wire.answer(400, "{\"error\":\"temporarily_unavailable\",\"error_codes\":[90033]}");
    assertThat(exchange()).isEqualTo(new Exchange.Unknown("AADSTS90033 (HTTP 400)"));

    for (int attempt = 0; attempt < 3; attempt++) {
      wire.failure(new ConnectException());
    }
    assertThat(exchange())
        .isEqualTo(new Exchange.Unknown("login.microsoftonline.com: connection refused"));
  }

  private Exchange exchange() {
    return new EntraTokenExchange(Fakes.transport(wire), Cloud.PUBLIC)
        .exchange(new TenantId("tenant"), new ClientId("client"), new Token("a.b.c"));
  }
}
