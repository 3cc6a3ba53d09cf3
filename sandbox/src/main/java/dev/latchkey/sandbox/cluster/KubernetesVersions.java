// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Limit;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Set;

/// The versions of Kubernetes that AKS offers in a region:
/// `locations/{location}/kubernetesVersions`.
record KubernetesVersions(Situations situations) implements ResourceType {
  @Override
  public String name() {
    return "Microsoft.ContainerService/locations/kubernetesVersions";
  }

  @Override
  public Set<String> apiVersions() {
    return ApiVersion.ALL;
  }

  @Override
  public Home home() {
    return Home.SUBSCRIPTION;
  }

  @Override
  public List<Limit> limits(Call call) {
    return ClusterLimits.others(call, "KubernetesVersions");
  }

  @Override
  public Answer list(Call call) {
    return Answer.json(200, Offer.shown(situations.offer(), ApiVersion.of(call)))
        .with("content-type", "application/json");
  }
}
