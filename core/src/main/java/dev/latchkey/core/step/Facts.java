// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.resource.Issuer;

/// What the steps of one cluster share. A step is begun only when all that it needs is settled, so
/// that these never wait.
public interface Facts {
  /// Makes something known; others may begin.
  void settle(Known known);

  /// The issuer.
  Issuer issuer();

  /// The updated cluster.
  Known.ClusterUpdated cluster();

  /// The identity.
  Known.Identity identity();

  /// The credential.
  Known.Credential credential();

  /// The access.
  Known.Access access();

  /// The release.
  Known.Deployed release();
}
