// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure;

import dev.latchkey.azure.arm.Arm;
import dev.latchkey.azure.arm.ArmCallerRights;
import dev.latchkey.azure.arm.ArmLocks;
import dev.latchkey.azure.arm.ArmManagedClusters;
import dev.latchkey.azure.arm.ArmManagedIdentities;
import dev.latchkey.azure.arm.ArmProviders;
import dev.latchkey.azure.arm.ArmRoleAssignments;
import dev.latchkey.azure.arm.ArmVaults;
import dev.latchkey.azure.cloud.Cloud;
import dev.latchkey.azure.cloud.Trust;
import dev.latchkey.azure.credential.Caller;
import dev.latchkey.azure.credential.SignIn;
import dev.latchkey.azure.credential.Source;
import dev.latchkey.azure.credential.Sources;
import dev.latchkey.azure.credential.Tokens;
import dev.latchkey.azure.entra.EntraTokenExchange;
import dev.latchkey.azure.entra.HttpIssuers;
import dev.latchkey.azure.keyvault.HttpSecretProbe;
import dev.latchkey.azure.transport.Agent;
import dev.latchkey.azure.transport.CloudLookup;
import dev.latchkey.azure.transport.JdkWire;
import dev.latchkey.azure.transport.Transport;
import dev.latchkey.core.gate.Gate;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.port.CallerRights;
import dev.latchkey.core.port.ClusterTokens;
import dev.latchkey.core.port.Issuers;
import dev.latchkey.core.port.Locks;
import dev.latchkey.core.port.ManagedClusters;
import dev.latchkey.core.port.ManagedIdentities;
import dev.latchkey.core.port.Providers;
import dev.latchkey.core.port.RoleAssignments;
import dev.latchkey.core.port.SecretProbe;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.port.TokenExchange;
import dev.latchkey.core.port.Vaults;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.Token;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// All that a run asks of Azure, over one transport. Closing it ends the connections.
///
/// @param cloud which Azure it is
/// @param source how the caller signs in
public record AzurePorts(
    Cloud cloud,
    Source source,
    Tokens tokens,
    ManagedClusters clusters,
    ManagedIdentities identities,
    RoleAssignments roles,
    Vaults vaults,
    Locks locks,
    CallerRights rights,
    Providers providers,
    Issuers issuers,
    TokenExchange exchange,
    SecretProbe secrets,
    JdkWire wire)
    implements AutoCloseable {

  /// Opens the Azure that the environment names, as the caller that it names.
  ///
  /// Asks a custom cloud for its endpoints, and nothing else; signing in comes with the first use.
  ///
  /// @param credential the word of `--credential`; empty means that the environment decides
  /// @throws ProblemException when the cloud, its certificates or the way to sign in are not clear
  public static AzurePorts open(
      Map<String, String> environment,
      Optional<String> credential,
      Time time,
      Limits limits,
      Agent agent) {
    Sources sources = new Sources(environment);
    Source source = credential.map(sources::named).orElseGet(sources::choose);
    JdkWire wire = new JdkWire(trust(environment.getOrDefault("LATCHKEY_CA", "")));
    try {
      Transport transport = new Transport(wire, new Gate(limits), time, agent);
      Cloud cloud = CloudLookup.find(environment.getOrDefault("LATCHKEY_CLOUD", ""), transport);
      Token job = new Token(environment.getOrDefault("SYSTEM_ACCESSTOKEN", ""));
      Tokens tokens = new Tokens(new SignIn(source, job, cloud, transport), cloud, time);
      return of(cloud, source, tokens, transport, wire);
    } catch (RuntimeException failure) { // whoever gets no ports cannot close their connections
      wire.close();
      throw failure;
    }
  }

  private static AzurePorts of(
      Cloud cloud, Source source, Tokens tokens, Transport transport, JdkWire wire) {
    Arm arm = new Arm(transport, cloud, tokens);
    return new AzurePorts(
        cloud,
        source,
        tokens,
        new ArmManagedClusters(arm),
        new ArmManagedIdentities(arm),
        new ArmRoleAssignments(arm),
        new ArmVaults(arm),
        new ArmLocks(arm),
        new ArmCallerRights(arm, () -> tokens.caller().principal()),
        new ArmProviders(arm),
        new HttpIssuers(transport),
        new EntraTokenExchange(transport, cloud),
        new HttpSecretProbe(transport),
        wire);
  }

  /// Who is signed in; asks for a token when there is none yet.
  public Caller caller() {
    return tokens.caller();
  }

  /// Tokens for the API servers of clusters.
  public ClusterTokens clusterTokens() {
    return tokens;
  }

  @Override
  public void close() {
    wire.close();
  }

  private static SSLContext trust(String pem) {
    try {
      return pem.isBlank() ? SSLContext.getDefault() : Trust.with(Path.of(pem));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has a TLS context", impossible);
    }
  }
}
