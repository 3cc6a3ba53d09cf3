// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.entra.Refusal.FieldMissing;
import dev.latchkey.sandbox.entra.Refusal.ParameterMissing;
import dev.latchkey.sandbox.entra.Refusal.ResourceUnknown;
import dev.latchkey.sandbox.entra.Refusal.ScopeInvalid;
import dev.latchkey.sandbox.entra.Refusal.ScopeNotDefault;
import dev.latchkey.sandbox.message.Addresses;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What tokens can be asked for: ARM, Key Vault, Graph, the server application of AKS, and a token
/// that another tenant's federated credentials trust.
final class Resources {
  /// The application behind every Entra-integrated AKS API server, the same in every environment.
  static final String AKS = "6dae42f8-4368-4678-94ff-3960e28e3630";

  /// Tokens for it prove a managed identity to an app registration; its application's id follows.
  private static final String EXCHANGE = "api://AzureADTokenExchange";

  private static final String EXCHANGE_ID = "fb60f99c-7a34-4190-8149-302f77469936";
  private static final String GRAPH_ID = "00000003-0000-0000-c000-000000000000";
  private static final String DEFAULT = "/.default";
  private static final String ADDRESS = "[a-z][a-z0-9+.-]*:.+";
  private static final String GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
  private static final Set<String> OPENID = Set.of("openid", "profile", "email", "offline_access");

  /// A resource as its tokens name it.
  ///
  /// @param name as the client named it
  /// @param tokens the version of tokens that it asks for
  record Resource(String name, String audience, Version tokens) {}

  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final String tenant;

  Resources(Addresses addresses, String tenant) {
    this.tenant = tenant;
    known.addAll(
        List.of(
            "https://management.azure.com",
            "https://management.core.windows.net",
            addresses.arm(),
            addresses.vaultResource(),
            "https://" + addresses.vaultSuffix(),
            "https://graph.microsoft.com",
            addresses.graph(),
            GRAPH_ID,
            EXCHANGE,
            EXCHANGE_ID,
            AKS));
  }

  /// Another application of the tenant that tokens can be asked for.
  void add(String resource) {
    known.add(resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource);
  }

  /// The resource of the `scope` that a client without a user asks for.
  Resource ofScope(Optional<String> parameter) throws Refused {
    String scope = parameter.orElseThrow(() -> new Refused(new FieldMissing("scope")));
    List<String> asked = withoutOpenId(scope);
    if (asked.size() != 1) {
      throw new Refused(new ScopeInvalid(scope));
    }
    if (!asked.getFirst().endsWith(DEFAULT)) {
      throw new Refused(new ScopeNotDefault(scope));
    }
    return known(named(asked.getFirst(), scope));
  }

  /// The resource of the `scope` that a client asks for in the name of a user.
  Resource ofUser(String scope) throws Refused {
    List<String> asked = withoutOpenId(scope);
    if (asked.isEmpty()) {
      return known(GRAPH_ID);
    }
    return known(named(asked.getFirst(), scope));
  }

  /// The resource of a `resource` parameter, which the older endpoint takes.
  Resource ofResource(Optional<String> parameter) throws Refused {
    return known(parameter.orElseThrow(() -> new Refused(new ParameterMissing("resource"))));
  }

  private static List<String> withoutOpenId(String scope) {
    return Arrays.stream(scope.strip().split("\\s+"))
        .filter(word -> !OPENID.contains(word))
        .toList();
  }

  private static String named(String word, String scope) throws Refused {
    String resource = word.substring(0, Math.max(word.lastIndexOf('/'), 0));
    if (!resource.matches(ADDRESS) && !resource.matches(GUID)) {
      throw new Refused(new ScopeInvalid(scope));
    }
    return resource;
  }

  private Resource known(String name) throws Refused {
    String bare = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    if (!known.contains(bare)) {
      throw new Refused(new ResourceUnknown(name, tenant));
    }
    return switch (bare) {
      case EXCHANGE, EXCHANGE_ID -> new Resource(name, EXCHANGE_ID, Version.SECOND);
      default -> new Resource(name, name, Version.FIRST);
    };
  }
}
