// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.entra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.azure.fake.Fakes;
import dev.latchkey.core.port.Issuers.Publication;
import dev.latchkey.core.resource.Issuer;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class HttpIssuersTest {
  private static final Issuer ISSUER = new Issuer("https://issuer.example/t/g/");

  private final FakeWire wire = new FakeWire();

  @Test
  void isPublishedOnceTheDocumentNamesTheVeryIssuer() {
    wire.answer(200, "{\"issuer\":\"https://issuer.example/t/g/\"}");

    assertThat(look()).isEqualTo(Publication.PUBLISHED);
    assertThat(wire.sent.getFirst().uri().toString())
        .isEqualTo("https://issuer.example/t/g/.well-known/openid-configuration");
  }

  @Test
  void isNotPublishedWhileItIsMissingOrNamesAnotherOne() {
    wire.answer(404, "").answer(200, "{\"issuer\":\"https://issuer.example/t/g\"}");

    assertThat(look()).isEqualTo(Publication.NOT_PUBLISHED);
    assertThat(look()).isEqualTo(Publication.NOT_PUBLISHED);
  }

  @Test
  void saysWhenItCannotBeReachedFromHere() {
    for (int attempt = 0; attempt < 3; attempt++) {
      wire.failure(new ConnectException());
    }

    assertThat(look()).isEqualTo(Publication.UNREACHABLE);
  }

  private Publication look() {
    return new HttpIssuers(Fakes.transport(wire)).look(ISSUER);
  }
}
