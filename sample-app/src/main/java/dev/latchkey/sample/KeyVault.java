// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.identity.AzureAuthorityHosts;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/// Key Vault, asked as the pod's identity: service account token, Entra ID, vault.
final class KeyVault implements Vault {
  /// The authorities of Microsoft's clouds; at any other one, discovery would ask the public cloud.
  private static final Set<String> KNOWN_AUTHORITIES =
      Set.of(
          AzureAuthorityHosts.AZURE_PUBLIC_CLOUD,
          AzureAuthorityHosts.AZURE_CHINA,
          AzureAuthorityHosts.AZURE_GOVERNMENT);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

  private final Settings.Identity identity;
  private final SecretClient client;

  private KeyVault(Settings.Identity identity, SecretClient client) {
    this.identity = identity;
    this.client = client;
  }

  static KeyVault of(Settings settings) {
    return of(
        settings,
        new JdkHttpClientBuilder()
            .connectionTimeout(CONNECT_TIMEOUT)
            .responseTimeout(RESPONSE_TIMEOUT)
            .build());
  }

  static KeyVault of(Settings settings, HttpClient http) {
    // one short retry: the reader asks again anyway, and meanwhile the probes shall say what failed
    var retries = new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(200)));
    var client =
        new SecretClientBuilder()
            .vaultUrl(settings.vault().toString())
            .credential(credential(settings.identity(), http, retries))
            .httpClient(http)
            .retryOptions(retries)
            .buildClient();
    return new KeyVault(settings.identity(), client);
  }

  private static TokenCredential credential(
      Settings.Identity identity, HttpClient http, RetryOptions retries) {
    if (isIncomplete(identity)) {
      // never asked: read() refuses before; the builder would not accept what is missing
      return _ -> Mono.empty();
    }
    var builder =
        new WorkloadIdentityCredentialBuilder()
            .clientId(identity.clientId())
            .tenantId(identity.tenantId())
            .tokenFilePath(identity.tokenFile())
            .httpClient(http)
            .retryOptions(retries);
    if (!identity.authority().isBlank()) {
      builder.authorityHost(identity.authority());
      if (!KNOWN_AUTHORITIES.contains(withSlash(identity.authority()))) {
        builder.disableInstanceDiscovery();
      }
    }
    return builder.build();
  }

  private static String withSlash(String address) {
    return address.endsWith("/") ? address : address + "/";
  }

  private static boolean isIncomplete(Settings.Identity identity) {
    return identity.clientId().isBlank()
        || identity.tenantId().isBlank()
        || identity.tokenFile().isBlank();
  }

  @Override
  public Optional<Refusal> read(String name) {
    if (isIncomplete(identity)) {
      return Optional.of(new Refusal(Hop.WEBHOOK, "variables missing"));
    }
    if (!Files.isReadable(Path.of(identity.tokenFile()))) {
      return Optional.of(new Refusal(Hop.TOKEN_FILE, "not readable"));
    }
    try {
      var _ = client.getSecret(name); // a real application would hand the value to whoever needs it
      return Optional.empty();
    } catch (RuntimeException failure) {
      return Optional.of(Refusals.of(failure));
    }
  }
}
