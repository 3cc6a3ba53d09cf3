// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.azure.cloud.Cloud;
import dev.latchkey.azure.cloud.CloudProblem;
import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.azure.fake.Fakes;
import dev.latchkey.core.problem.ProblemException;
import org.junit.jupiter.api.Test;

class CloudLookupTest {
  private final FakeWire wire = new FakeWire();

  @Test
  void isThePublicCloudUnlessSaidOtherwise() {
    assertThat(CloudLookup.find("", Fakes.transport(wire))).isEqualTo(Cloud.PUBLIC);
    assertThat(CloudLookup.find("AzureChina", Fakes.transport(wire))).isEqualTo(Cloud.CHINA);
    assertThat(wire.sent).isEmpty();
  }

  @Test
  void asksACustomCloudForItsEndpoints() {
    wire.answer(
        200,
        """
        {"authentication":{"loginEndpoint":"https://localhost:1","audiences":["a"]},
         "suffixes":{"keyVaultDns":"vault.localhost:1"}}
        """);

    var cloud = CloudLookup.find("https://localhost:1", Fakes.transport(wire));

    assertThat(cloud.kind()).isEqualTo(Cloud.Kind.CUSTOM);
    assertThat(wire.sent.getFirst().uri().toString())
        .isEqualTo("https://localhost:1/metadata/endpoints?api-version=2022-09-01");
  }

  @Test
  void refusesWhatIsNeitherNameNorAddress() {
    assertThatThrownBy(() -> CloudLookup.find("http://localhost:1", Fakes.transport(wire)))
        .extracting(failure -> ((ProblemException) failure).problem())
        .isEqualTo(new CloudProblem.Unknown("http://localhost:1"));
  }
}
