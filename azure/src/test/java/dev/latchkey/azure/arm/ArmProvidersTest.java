// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.core.port.Providers.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArmProvidersTest {
  private final FakeWire wire = new FakeWire();
  private final ArmProviders providers = new ArmProviders(FakeArm.over(wire));

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "Registered, NOT_MISSING",
    "Registering, NOT_MISSING",
    "NotRegistered, MISSING",
    "Unregistered, MISSING",
    "Unregistering, MISSING",
    "SomethingNew, NOT_MISSING"
  })
  void onlyWhatIsClearlyNotRegisteredIsMissing(String state, Registration wanted) {
    wire.answer(
        200,
        """
        {"id":"/subscriptions/s/providers/Microsoft.ManagedIdentity",
         "namespace":"Microsoft.ManagedIdentity","registrationState":"%s"}
        """
            .formatted(state));

    assertThat(providers.of("s", "Microsoft.ManagedIdentity")).isEqualTo(wanted);
    assertThat(wire.sent.getFirst().uri())
        .hasPath("/subscriptions/s/providers/Microsoft.ManagedIdentity")
        .hasParameter("api-version", "2021-04-01");
  }

  @Test
  void aProviderThatAzureDoesNotNameIsNotCalledMissing() {
    wire.answer(404, "{\"error\":{\"code\":\"InvalidResourceNamespace\",\"message\":\"no\"}}");

    assertThat(providers.of("s", "Microsoft.None")).isEqualTo(Registration.NOT_MISSING);
  }
}
