// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Limit;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Set;

/// The results of commands that ran on a cluster, to read one by one.
record CommandResults(Store store, RunCommands commands) implements ResourceType {
  @Override
  public String name() {
    return ManagedClusters.NAME + "/commandResults";
  }

  @Override
  public Set<String> apiVersions() {
    return ApiVersion.ALL;
  }

  @Override
  public Home home() {
    return Home.GROUP;
  }

  @Override
  public MissingParent missingParent() {
    return MissingParent.AS_RESOURCE;
  }

  @Override
  public List<Limit> limits(Call call) {
    return ClusterLimits.others(call, "CommandResult");
  }

  @Override
  public Answer read(Call call) {
    String cluster = call.target().parent().flatMap(store::find).map(Stored::id).orElse("");
    return commands.result(call, cluster);
  }
}
