// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.entra.Refusal.ParameterMissing;
import dev.latchkey.sandbox.entra.Refusal.ResourceUnknown;
import dev.latchkey.sandbox.entra.Refusal.ScopeInvalid;
import dev.latchkey.sandbox.message.Addresses;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// What tokens can be asked for: ARM, Microsoft Graph, Key Vault, and the server application of
/// AKS.
final class Resources {
  /// The application behind every Entra-integrated AKS API server, the same in every environment.
  static final String AKS = "6dae42f8-4368-4678-94ff-3960e28e3630";

  private static final String DEFAULT = "/.default";
  private static final Set<String> OPENID = Set.of("openid", "profile", "offline_access");

  private final Set<String> known;

  Resources(Addresses addresses) {
    known =
        Set.copyOf(
            Arrays.asList(
                "https://management.azure.com",
                "https://management.core.windows.net",
                addresses.arm(),
                addresses.graph(),
                addresses.vaultResource(),
                "https://" + addresses.vaultSuffix(),
                AKS));
  }

  /// The resource of a `scope` parameter, as the token's audience will name it.
  String ofScope(Optional<String> parameter, String tenant) throws Refused {
    String scope = parameter.orElseThrow(() -> new Refused(new ParameterMissing("scope")));
    String[] asked =
        Arrays.stream(scope.strip().split("\\s+"))
            .filter(word -> !OPENID.contains(word))
            .toArray(String[]::new);
    if (asked.length != 1 || !asked[0].endsWith(DEFAULT)) {
      throw new Refused(new ScopeInvalid(scope));
    }
    return known(asked[0].substring(0, asked[0].length() - DEFAULT.length()), tenant);
  }

  /// The resource of a `resource` parameter, which the older endpoint takes.
  String ofResource(Optional<String> parameter, String tenant) throws Refused {
    return known(
        parameter.orElseThrow(() -> new Refused(new ParameterMissing("resource"))), tenant);
  }

  private String known(String resource, String tenant) throws Refused {
    String bare = resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource;
    if (!known.contains(bare)) {
      throw new Refused(new ResourceUnknown(resource, tenant));
    }
    return resource;
  }
}
