// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.identity.ClientAssertionCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.azure.resourcemanager.authorization.fluent.AuthorizationManagementClient;
import com.azure.resourcemanager.authorization.implementation.AuthorizationManagementClientBuilder;
import com.azure.resourcemanager.containerservice.fluent.ContainerServiceManagementClient;
import com.azure.resourcemanager.containerservice.implementation.ContainerServiceManagementClientBuilder;
import com.azure.resourcemanager.msi.fluent.ManagedServiceIdentityClient;
import com.azure.resourcemanager.msi.implementation.ManagedServiceIdentityClientBuilder;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/// The Azure SDK for Java as anybody configures it for a cloud with an authority of its own.
final class Sdk {
  private static final Duration POLL = Duration.ofMillis(200);

  private final World world;
  private final HttpClient http;

  Sdk(World world) throws Exception {
    this.world = world;
    this.http =
        new JdkHttpClientBuilder(
                java.net.http.HttpClient.newBuilder().sslContext(Trust.of(world.folder())))
            .build();
  }

  TokenCredential operator(String clientId, String secret) {
    return new ClientSecretCredentialBuilder()
        .tenantId(variable("AZURE_TENANT_ID"))
        .clientId(clientId)
        .clientSecret(secret)
        .authorityHost(variable("AZURE_AUTHORITY_HOST"))
        .disableInstanceDiscovery()
        .httpClient(http)
        .build();
  }

  TokenCredential asserted(String clientId, Supplier<String> assertion) {
    return new ClientAssertionCredentialBuilder()
        .tenantId(variable("AZURE_TENANT_ID"))
        .clientId(clientId)
        .clientAssertion(assertion)
        .authorityHost(variable("AZURE_AUTHORITY_HOST"))
        .disableInstanceDiscovery()
        .httpClient(http)
        .build();
  }

  TokenCredential workloadIdentity(String clientId, Path tokenFile) {
    return new WorkloadIdentityCredentialBuilder()
        .tenantId(variable("AZURE_TENANT_ID"))
        .clientId(clientId)
        .tokenFilePath(tokenFile.toString())
        .authorityHost(variable("AZURE_AUTHORITY_HOST"))
        .disableInstanceDiscovery()
        .httpClient(http)
        .build();
  }

  ContainerServiceManagementClient clusters(TokenCredential credential) {
    return new ContainerServiceManagementClientBuilder()
        .endpoint(variable("LATCHKEY_CLOUD"))
        .subscriptionId(variable("SUBSCRIPTION"))
        .pipeline(arm(credential))
        .defaultPollInterval(POLL)
        .buildClient();
  }

  ManagedServiceIdentityClient identities(TokenCredential credential) {
    return new ManagedServiceIdentityClientBuilder()
        .endpoint(variable("LATCHKEY_CLOUD"))
        .subscriptionId(variable("SUBSCRIPTION"))
        .pipeline(arm(credential))
        .buildClient();
  }

  AuthorizationManagementClient roles(TokenCredential credential) {
    return new AuthorizationManagementClientBuilder()
        .endpoint(variable("LATCHKEY_CLOUD"))
        .subscriptionId(variable("SUBSCRIPTION"))
        .pipeline(arm(credential))
        .buildClient();
  }

  SecretClientBuilder secrets(String vaultUrl, TokenCredential credential) {
    return new SecretClientBuilder().vaultUrl(vaultUrl).credential(credential).httpClient(http);
  }

  private HttpPipeline arm(TokenCredential credential) {
    return new HttpPipelineBuilder()
        .httpClient(http)
        .policies(
            new UserAgentPolicy(),
            new RetryPolicy(),
            new BearerTokenAuthenticationPolicy(
                credential, "https://management.azure.com/.default"))
        .build();
  }

  private String variable(String name) {
    return world.console().variables().getOrDefault(name, "");
  }
}
