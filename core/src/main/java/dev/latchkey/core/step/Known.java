// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.plan.Fact;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.Vault;
import java.time.Instant;
import java.util.Optional;

/// What a step made known, with what the steps after it need of it.
public sealed interface Known {
  /// The cluster's issuer.
  record Announced(Issuer issuer) implements Known {}

  /// The cluster with its switches on, idle.
  ///
  /// @param switchedOn when this run switched them on
  record ClusterUpdated(ObservedCluster cluster, Optional<Instant> switchedOn) implements Known {}

  /// The identity.
  record Identity(ManagedIdentity identity) implements Known {}

  /// The credential.
  ///
  /// @param written when this run wrote it
  record Credential(FederatedCredential credential, Optional<Instant> written) implements Known {}

  /// The access.
  ///
  /// @param youngest when the newest part of it was granted, in this run or before
  /// @param made how many parts this run granted
  record Access(Vault vault, Optional<Instant> youngest, int made) implements Known {}

  /// The release.
  ///
  /// @param deployed when this run wrote it
  record Deployed(Release release, Optional<Instant> deployed) implements Known {}

  /// The proof was made.
  record Proof() implements Known {}

  /// Which fact it is.
  default Fact fact() {
    return switch (this) {
      case Announced _ -> Fact.ISSUER;
      case ClusterUpdated _ -> Fact.CLUSTER_UPDATED;
      case Identity _ -> Fact.IDENTITY;
      case Credential _ -> Fact.CREDENTIAL;
      case Access _ -> Fact.ACCESS;
      case Deployed _ -> Fact.RELEASE;
      case Proof _ -> Fact.PROOF;
    };
  }
}
