// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// One mistake that people make with workload identity, as a situation of the simulated world: it
/// is set for one cluster, and undone again.
public sealed interface Premise
    permits IdentityPremise, AccessPremise, WorkloadPremise, ClusterPremise {
  /// All of them, in the order of the documents.
  static List<Premise> all() {
    return Stream.<Premise[]>of(
            IdentityPremise.values(),
            WorkloadPremise.values(),
            AccessPremise.values(),
            ClusterPremise.values())
        .flatMap(Stream::of)
        .toList();
  }

  /// The one of this kind, see [#kind()].
  static Optional<Premise> of(String kind) {
    return all().stream().filter(premise -> premise.kind().equals(kind)).findFirst();
  }

  /// The constant's name.
  String name();

  /// What is wrong, in one line.
  String explanation();

  /// The word that is typed, such as `issuer-without-slash`.
  default String kind() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
