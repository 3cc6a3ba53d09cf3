// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Because;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Seen.Inside;
import java.net.URI;
import java.util.Optional;

/// Why the credential of our name is not as it must be: edited, or left behind by a cluster that
/// was made anew.
final class CredentialDrift {
  private CredentialDrift() {}

  /// The name is derived from the account, and the audience is one for all clouds, so that latchkey
  /// never wrote others under it.
  static Because of(
      Target target, Seen seen, FederatedCredential credential, Optional<Issuer> issuer) {
    if (!credential.subject().equals(target.serviceAccount().subject())) {
      return Because.drift("somebody changed the subject");
    }
    if (!credential.audience().equals(FederatedCredential.AUDIENCE)) {
      return Because.drift("somebody changed the audience");
    }
    return issuer
        .map(now -> ofIssuer(target, seen, credential.issuer(), now))
        .orElse(Because.follows("the cluster was made anew"));
  }

  /// A new cluster has an issuer of the same form and is empty; one that still holds the release
  /// which this identity was handed to is the old one.
  private static Because ofIssuer(Target target, Seen seen, Issuer before, Issuer now) {
    if (!alike(before, now)) {
      return Because.drift("somebody changed the issuer");
    }
    if (seen.inside().isEmpty()) {
      return Because.follows("the cluster was made anew, or somebody changed the issuer");
    }
    return ourRelease(target, seen).isPresent()
        ? Because.drift("somebody changed the issuer")
        : Because.follows("the cluster was made anew");
  }

  /// The release that was handed the client id of this identity, which only latchkey does.
  static Optional<Release> ourRelease(Target target, Seen seen) {
    return seen.inside()
        .flatMap(Inside::release)
        .filter(release -> release.name().equals(target.chart().release()))
        .filter(
            release ->
                seen.identity()
                    .filter(identity -> HandedOver.holds(release.values(), identity))
                    .isPresent());
  }

  /// Whether two issuers differ in nothing but the cluster's own part, the last one.
  private static boolean alike(Issuer one, Issuer other) {
    return one.value().endsWith("/") == other.value().endsWith("/")
        && !one.value().equalsIgnoreCase(other.value())
        && family(one).isPresent()
        && family(one).equals(family(other));
  }

  private static Optional<URI> family(Issuer issuer) {
    try {
      String text = issuer.value();
      return Optional.of(URI.create(text.endsWith("/") ? text : text + "/").resolve(".."));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
