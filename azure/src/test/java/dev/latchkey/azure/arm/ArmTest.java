// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.azure.fake.Fakes;
import dev.latchkey.core.resource.Token;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ArmTest {
  private static final String EXPIRED =
      "{\"error\":{\"code\":\"ExpiredAuthenticationToken\",\"message\":\"over\"}}";

  private final FakeWire wire = new FakeWire();

  @Test
  void whatIsRefusedForATokenThatIsOverIsSentOnceMoreWithAnother() {
    wire.answer(401, EXPIRED).answer(200, "{}");

    assertThat(put(_ -> new Token("another"))).isEqualTo(200);

    assertThat(passes()).containsExactly("Bearer first", "Bearer another");
  }

  @Test
  void aSecondRefusalIsTheAnswer() {
    wire.answer(401, EXPIRED).answer(401, EXPIRED);

    assertThat(put(_ -> new Token("another"))).isEqualTo(401);
    assertThat(wire.isDone()).isTrue();
  }

  @Test
  void aTokenThatIsRefusedForAnotherReasonIsNotReplaced() {
    wire.answer(401, "{\"error\":{\"code\":\"InvalidAuthenticationTokenTenant\"}}");

    assertThat(put(_ -> new Token("another"))).isEqualTo(401);
    assertThat(passes()).containsExactly("Bearer first");
  }

  private int put(UnaryOperator<Token> insteadOf) {
    var arm =
        new Arm(
            Fakes.transport(wire),
            URI.create("https://management.azure.com"),
            () -> new Token("first"),
            insteadOf);
    return arm.put("Writing", "/x", "1", JsonMapper.shared().createObjectNode(), Map.of()).status();
  }

  private List<String> passes() {
    return wire.sent.stream()
        .map(request -> request.headers().firstValue("Authorization").orElse(""))
        .toList();
  }
}
