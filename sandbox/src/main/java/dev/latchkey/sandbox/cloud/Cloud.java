// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cloud;

import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.cluster.ApiServers;
import dev.latchkey.sandbox.cluster.AzureResources;
import dev.latchkey.sandbox.cluster.AzureWorld;
import dev.latchkey.sandbox.cluster.Commands;
import dev.latchkey.sandbox.entra.Applications;
import dev.latchkey.sandbox.entra.Entra;
import dev.latchkey.sandbox.entra.Fetch;
import dev.latchkey.sandbox.issuer.Issuers;
import dev.latchkey.sandbox.issuer.PipelineIssuer;
import dev.latchkey.sandbox.limit.Throttling;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.secret.KeyVault;
import dev.latchkey.sandbox.secret.Secrets;
import dev.latchkey.sandbox.token.Keys;
import dev.latchkey.sandbox.vault.UnknownSecretScopes;
import java.util.function.Supplier;

/// One simulated Azure: ARM, Entra ID, Key Vault and the clusters' issuers, which see one another.
public final class Cloud {
  /// What a simulated Azure is made from.
  ///
  /// @param servers asked at the first request for credentials of a cluster, not before
  /// @param commands asked at the first command that is to run on a cluster, not before
  /// @param fetch how Entra ID reads the documents of issuers
  public record Inputs(
      String tenantId,
      SandboxClock clock,
      Pace pace,
      Throttling throttling,
      UnknownSecretScopes unknownSecretScopes,
      Seed seed,
      Keys keys,
      Addresses addresses,
      Supplier<ApiServers> servers,
      Fetch fetch,
      PipelineIssuer pipeline,
      Supplier<Commands> commands) {}

  private final Directory directory = new Directory();
  private final Applications applications = new Applications();
  private final Secrets secrets;
  private final AzureResources azure;
  private final Entra entra;
  private final Issuers issuers;
  private final KeyVault keyVault;

  /// An Azure in which nothing exists yet.
  public Cloud(Inputs inputs) {
    secrets = new Secrets(inputs.clock(), inputs.seed());
    azure = AzureResources.create(resources(inputs));
    entra =
        new Entra(
            tenant(inputs),
            ControlPlane.trusts(azure, applications, inputs.clock()),
            inputs.fetch());
    issuers = new Issuers(azure.clusters(), inputs.pipeline(), inputs.keys(), inputs.clock());
    keyVault = new KeyVault(vaults(inputs), ControlPlane.vaults(azure), secrets);
  }

  private AzureWorld resources(Inputs inputs) {
    return new AzureWorld(
        inputs.tenantId(),
        inputs.clock(),
        inputs.pace(),
        inputs.throttling(),
        inputs.seed(),
        inputs.keys(),
        inputs.addresses(),
        directory,
        inputs.servers(),
        () -> ControlPlane.secretNames(secrets),
        inputs.unknownSecretScopes(),
        inputs.commands());
  }

  private Entra.Tenant tenant(Inputs inputs) {
    return new Entra.Tenant(
        inputs.tenantId(),
        inputs.clock(),
        inputs.pace(),
        inputs.seed(),
        inputs.keys(),
        inputs.addresses(),
        directory,
        applications);
  }

  private KeyVault.World vaults(Inputs inputs) {
    return new KeyVault.World(
        inputs.clock(),
        inputs.pace(),
        inputs.throttling(),
        inputs.seed(),
        inputs.keys(),
        azure.access(),
        inputs.addresses());
  }

  /// From now on replicas differ: now and then one does not know what others have known for long.
  public void letReplicasDiffer() {
    azure.letReplicasDiffer();
    entra.letReplicasDiffer();
  }

  /// All that ARM manages, and ARM itself.
  public AzureResources azure() {
    return azure;
  }

  /// Entra ID.
  public Entra entra() {
    return entra;
  }

  /// The OIDC issuers of the clusters and of the pipeline.
  public Service issuers() {
    return issuers;
  }

  /// The data plane of all vaults.
  public Service keyVault() {
    return keyVault;
  }

  /// The principals of the tenant.
  public Directory directory() {
    return directory;
  }

  /// The app registrations of the tenant.
  public Applications applications() {
    return applications;
  }

  /// The secrets of all vaults.
  public Secrets secrets() {
    return secrets;
  }
}
