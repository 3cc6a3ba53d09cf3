// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudTest {
  private static final URI ARM = URI.create("https://localhost:8443/");

  @TempDir Path folder;

  @Test
  void isReadFromItsOwnDescription() {
    var cloud =
        Cloud.described(
            ARM,
            """
            {"name":"Sandbox","authentication":{"loginEndpoint":"https://localhost:8443",
             "audiences":["https://management.core.windows.net/","https://localhost:8443/"]},
             "suffixes":{"keyVaultDns":"vault.localhost:8443"}}
            """);

    assertThat(cloud)
        .isEqualTo(
            new Cloud(
                "Sandbox",
                URI.create("https://localhost:8443"),
                "https://management.core.windows.net//.default",
                URI.create("https://localhost:8443/"),
                "vault.localhost:8443",
                "https://vault.localhost/.default",
                Cloud.Kind.CUSTOM));
  }

  @Test
  void saysWhatItsDescriptionLacks() {
    assertThatThrownBy(() -> Cloud.described(ARM, "{}"))
        .extracting(failure -> ((ProblemException) failure).problem())
        .isEqualTo(new CloudProblem.NotDescribed(ARM, "no `loginEndpoint`"));
  }

  @Test
  void isKnownByNameWhateverTheCapitals() {
    assertThat(Cloud.named("azurechina")).contains(Cloud.CHINA);
    assertThat(Cloud.named("AzureUSGovernment")).contains(Cloud.US_GOVERNMENT);
    assertThat(Cloud.named("AzureMoon")).isEmpty();
  }

  @Test
  void namesUnderLocalhostAreThisMachine() throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName("kv-shared.vault.localhost");

    assertThat(addresses).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
  }

  @Test
  void aFileWithoutCertificatesIsAProblem() throws IOException {
    Path file = Files.writeString(folder.resolve("ca.pem"), "");

    assertThatThrownBy(() -> Trust.with(file))
        .extracting(failure -> ((ProblemException) failure).problem())
        .isEqualTo(new CloudProblem.CaUnreadable(file.toString(), "it holds no certificate"));
  }
}
