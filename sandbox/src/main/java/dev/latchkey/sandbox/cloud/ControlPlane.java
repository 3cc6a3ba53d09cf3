// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cloud;

import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.cluster.AzureResources;
import dev.latchkey.sandbox.entra.Applications;
import dev.latchkey.sandbox.entra.Trusts;
import dev.latchkey.sandbox.secret.KnownVaults;
import dev.latchkey.sandbox.secret.Secrets;
import dev.latchkey.sandbox.vault.SecretNames;
import dev.latchkey.sandbox.vault.Vault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What ARM manages, as Entra ID and Key Vault want to see it.
final class ControlPlane {
  /// Whence all clients of the sandbox come.
  private static final String LOOPBACK = "127.0.0.1";

  private ControlPlane() {}

  /// The federated credentials of applications and of managed identities.
  static Trusts trusts(AzureResources azure, Applications applications, SandboxClock clock) {
    return principal ->
        Stream.concat(
                principal.managedIdentity().stream()
                    .flatMap(identity -> ofIdentity(azure, identity, clock).stream()),
                ofApplication(applications, principal).stream())
            .toList();
  }

  private static List<Trusts.Trust> ofIdentity(
      AzureResources azure, String identity, SandboxClock clock) {
    return azure.credentials().of(identity).stream()
        .filter(credential -> clock.now().isBefore(credential.effectiveUntil()))
        .map(
            credential ->
                new Trusts.Trust(
                    credential.name(),
                    credential.issuer(),
                    credential.subject(),
                    credential.audience(),
                    credential.effectiveFrom()))
        .toList();
  }

  private static List<Trusts.Trust> ofApplication(Applications applications, Principal principal) {
    return applications
        .find(principal.clientId())
        .map(application -> application.trusts())
        .orElse(List.of());
  }

  /// The vaults as their data plane sees them.
  static KnownVaults vaults(AzureResources azure) {
    return name -> azure.vaults().find(name).map(ControlPlane::rules);
  }

  private static KnownVaults.Rules rules(Vault vault) {
    return new KnownVaults.Rules(
        vault.name(),
        vault.id(),
        vault.tenantId(),
        vault.location(),
        guard(vault),
        network(vault.network()),
        deletion(vault.deletion()),
        vault.retentionDays());
  }

  private static KnownVaults.Guard guard(Vault vault) {
    return switch (vault.permissionModel()) {
      case ROLES -> new KnownVaults.Guard.Roles();
      case ACCESS_POLICIES ->
          new KnownVaults.Guard.Policies(
              vault.accessPolicies().stream()
                  .collect(
                      Collectors.toMap(
                          policy -> policy.objectId().toLowerCase(Locale.ROOT),
                          Vault.AccessPolicy::secretPermissions,
                          (first, _) -> first)));
    };
  }

  private static KnownVaults.Deletion deletion(Vault.Deletion deletion) {
    return switch (deletion) {
      case FINAL -> KnownVaults.Deletion.FINAL;
      case RECOVERABLE -> KnownVaults.Deletion.RECOVERABLE;
      case PROTECTED -> KnownVaults.Deletion.PROTECTED;
    };
  }

  private static KnownVaults.Network network(Vault.Network network) {
    return switch (network.publicAccess()) {
      case DISABLED -> KnownVaults.Network.PRIVATE;
      case ENABLED ->
          switch (network.defaultAction()) {
            case ALLOW -> KnownVaults.Network.OPEN;
            case DENY ->
                network.admits(LOOPBACK)
                    ? KnownVaults.Network.OPEN
                    : KnownVaults.Network.FIREWALLED;
          };
    };
  }

  /// What ARM may know and write of secrets.
  static SecretNames secretNames(Secrets secrets) {
    return new SecretNames() {
      @Override
      public List<Secret> list(String vault) {
        return secrets.known(vault).stream().map(ControlPlane::named).toList();
      }

      @Override
      public Secret set(String vault, String name, String value, String contentType) {
        secrets.set(vault, name, value, Optional.of(contentType).filter(type -> !type.isEmpty()));
        return list(vault).stream()
            .filter(secret -> secret.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow();
      }

      @Override
      public void forget(String vault) {
        secrets.forget(vault);
      }
    };
  }

  private static SecretNames.Secret named(Secrets.Known known) {
    return new SecretNames.Secret(
        known.name(),
        known.version(),
        known.contentType().orElse(""),
        known.enabled() ? SecretNames.Availability.ENABLED : SecretNames.Availability.DISABLED,
        known.created(),
        known.updated());
  }
}
