// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.fleet;

import dev.latchkey.core.resource.ChartValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Helm chart of the application.
///
/// @param reference a folder or archive of this machine (absolute path), or `oci://…`
/// @param version required for `oci://…`
/// @param release name of the Helm release
/// @param values the user's values: files first, then `set`
/// @param identityValues where the chart wants what latchkey hands over, if elsewhere than in our
///   own chart: from our name (`clientId`, `tenantId`, `authorityHost`, `vaultUri`, `secrets`,
///   `serviceAccount`) to value paths such as `app.azure.clientId`
public record ChartWish(
    String reference,
    Optional<String> version,
    String release,
    ChartValues values,
    Map<String, List<String>> identityValues) {
  public ChartWish {
    identityValues = Map.copyOf(identityValues);
  }
}
