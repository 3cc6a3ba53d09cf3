// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One minor version of Kubernetes that AKS offers.
///
/// @param plans how it is supported: `KubernetesOfficial`, `AKSLongTermSupport`
public record Offer(String version, List<String> plans, Standing standing, List<Patch> patches) {
  /// How a version stands among the others.
  public enum Standing {
    OFFERED,
    /// What a cluster gets whose creator names none.
    DEFAULT,
    PREVIEW
  }

  /// One patch, and what clusters that run it can be upgraded to.
  public record Patch(String version, List<String> upgrades) {
    public Patch {
      upgrades = List.copyOf(upgrades);
    }
  }

  private static final List<String> OFFICIAL = List.of("KubernetesOfficial");
  private static final List<String> LONG_TERM = List.of("KubernetesOfficial", "AKSLongTermSupport");

  /// What AKS offers in 2026.
  static final List<Offer> ALL =
      List.of(
          new Offer(
              "1.34",
              LONG_TERM,
              Standing.DEFAULT,
              List.of(new Patch("1.34.0", List.of("1.34.1")), new Patch("1.34.1", List.of()))),
          new Offer(
              "1.33",
              LONG_TERM,
              Standing.OFFERED,
              List.of(
                  new Patch("1.33.2", List.of("1.33.5", "1.34.0", "1.34.1")),
                  new Patch("1.33.5", List.of("1.34.0", "1.34.1")))),
          new Offer(
              "1.32",
              LONG_TERM,
              Standing.OFFERED,
              List.of(
                  new Patch("1.32.7", List.of("1.32.9", "1.33.2", "1.33.5")),
                  new Patch("1.32.9", List.of("1.33.2", "1.33.5")))),
          new Offer(
              "1.31",
              OFFICIAL,
              Standing.OFFERED,
              List.of(new Patch("1.31.11", List.of("1.32.7", "1.32.9")))));

  public Offer {
    plans = List.copyOf(plans);
    patches = List.copyOf(patches);
  }

  static ObjectNode shown(List<Offer> offers, ApiVersion version) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    var values = tree.putArray("values");
    offers.forEach(offer -> values.add(offer.shown(version)));
    return tree;
  }

  private ObjectNode shown(ApiVersion version) {
    ObjectNode tree = JsonMapper.shared().createObjectNode().put("version", this.version);
    var supported = tree.putObject("capabilities").putArray("supportPlan");
    plans.forEach(supported::add);
    switch (standing) {
      case OFFERED -> {
        // the rule, of which nothing is said
      }
      case DEFAULT -> {
        if (version.since("2023-06-01")) {
          tree.put("isDefault", true);
        }
      }
      case PREVIEW -> tree.put("isPreview", true);
    }
    ObjectNode all = tree.putObject("patchVersions");
    patches.forEach(
        patch -> {
          var upgrades = all.putObject(patch.version()).putArray("upgrades");
          patch.upgrades().forEach(upgrades::add);
        });
    return tree;
  }
}
