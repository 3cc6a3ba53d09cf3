// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which operations the sandbox simulates. Of others only the gateway's own answers are compared:
/// no token, no right, no such resource.
final class Scope {
  private static final List<String> SIMULATED =
      List.of(
          "microsoft.resources/",
          "microsoft.managedidentity/",
          "microsoft.authorization/roleassignments",
          "microsoft.authorization/roledefinitions",
          "microsoft.authorization/permissions",
          "microsoft.keyvault/vaults",
          "microsoft.keyvault/deletedvaults",
          "microsoft.keyvault/locations/deletedvaults",
          "microsoft.keyvault/locations/operationresults",
          "microsoft.keyvault/checknameavailability",
          "microsoft.containerservice/managedclusters",
          "microsoft.containerservice/locations/operations",
          "microsoft.containerservice/locations/operationresults",
          "microsoft.containerservice/locations/kubernetesversions");

  /// Below a simulated type, and yet not simulated.
  private static final List<String> NOT_SIMULATED =
      List.of(
          "microsoft.keyvault/vaults/keys",
          "microsoft.keyvault/vaults/privateendpointconnections",
          "microsoft.keyvault/vaults/privatelinkresources",
          "microsoft.containerservice/managedclusters/maintenanceconfigurations",
          "microsoft.containerservice/managedclusters/privatelinkresources",
          "microsoft.containerservice/managedclusters/privateendpointconnections",
          "microsoft.containerservice/managedclusters/upgradeprofiles",
          "microsoft.containerservice/managedclusters/detectors",
          "microsoft.containerservice/managedclusters/trustedaccessrolebindings");

  /// What the gateway itself answers, whatever the type.
  private static final Set<String> OF_THE_GATEWAY =
      Set.of(
          "AuthenticationFailed",
          "AuthorizationFailed",
          "ExpiredAuthenticationToken",
          "GatewayTimeout",
          "InvalidAuthenticationToken",
          "InvalidAuthenticationTokenAudience",
          "InvalidAuthenticationTokenTenant",
          "InvalidResourceNamespace",
          "InvalidResourceType",
          "MissingApiVersionParameter",
          "MissingSubscriptionRegistration",
          "NoRegisteredProviderFound",
          "ParentResourceNotFound",
          "ResourceGroupNotFound",
          "ResourceNotFound",
          "ResourceRequestsThrottled",
          "ResourceTypeNotSupported",
          "SubscriptionNotFound",
          "SubscriptionRequestsThrottled");

  private Scope() {}

  /// Why an exchange of a recording is not compared; empty for one that is. Who polls what an
  /// exchange outside has started is outside too.
  static Optional<String> outside(Recording recording, int index) {
    Exchange exchange = recording.exchanges().get(index);
    return outside(exchange)
        .or(
            () ->
                recording.exchanges().subList(0, index).stream()
                    .filter(earlier -> isFollowed(earlier, exchange))
                    .flatMap(earlier -> outside(earlier).stream())
                    .findFirst()
                    .map(why -> "it polls what is outside: " + why));
  }

  private static boolean isFollowed(Exchange earlier, Exchange exchange) {
    return Stream.of("location", "azure-asyncoperation")
        .flatMap(name -> earlier.header(name).stream())
        .anyMatch(exchange.url().text()::equals);
  }

  private static Optional<String> outside(Exchange exchange) {
    return switch (exchange.addressee()) {
      case Addressee.Entra(), Addressee.Issuer() -> Optional.empty();
      case Addressee.Vault _ -> ofVault(exchange);
      case Addressee.Arm() -> ofArm(exchange);
      case Addressee.Other(String host) ->
          Optional.of("the sandbox does not serve " + (host.isEmpty() ? "this" : host));
    };
  }

  private static Optional<String> ofVault(Exchange exchange) {
    return exchange.path().matches("/(deleted)?secrets(/.*)?")
        ? Optional.empty()
        : Optional.of("of the data plane only secrets are simulated");
  }

  private static Optional<String> ofArm(Exchange exchange) {
    if (OF_THE_GATEWAY.contains(exchange.code())) {
      return Optional.empty();
    }
    String type = exchange.type().toLowerCase(Locale.ROOT);
    boolean simulated =
        SIMULATED.stream().anyMatch(type::startsWith)
            && NOT_SIMULATED.stream().noneMatch(type::startsWith);
    if (!simulated) {
      return Optional.of("the sandbox does not simulate " + exchange.type());
    }
    return ofPools(exchange, type);
  }

  private static Optional<String> ofPools(Exchange exchange, String type) {
    boolean pools = type.startsWith("microsoft.containerservice/managedclusters/agentpools");
    boolean changes = !exchange.method().equals("GET") && exchange.succeeded();
    return pools && changes ? Optional.of("agent pools are read, not changed") : Optional.empty();
  }
}
