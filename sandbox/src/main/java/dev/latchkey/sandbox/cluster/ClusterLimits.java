// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Answers;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Limit;
import dev.latchkey.sandbox.limit.Bucket;
import java.util.List;
import java.util.Locale;

/// The buckets of the container service. One handler's name is documented, the others are formed
/// like it.
///
/// @see <a href="https://learn.microsoft.com/azure/aks/quotas-skus-regions">limits</a>
final class ClusterLimits {
  private static final double EACH_MINUTE = 1.0 / 60;

  private ClusterLimits() {}

  static List<Limit> ofClusters(Call call) {
    String cluster = call.target().path();
    return switch (call.ask().method()) {
      case "GET", "HEAD" -> {
        if (!call.target().open()) {
          yield limit("get:" + cluster, 60, 1, "GetManagedClusterHandler.GET");
        }
        yield call.target().group().isPresent()
            ? limit("list:" + Answers.scope(call), 60, 1, "ListManagedClustersHandler.GET")
            : limit("list:" + subscription(call), 500, 1, "ListManagedClustersHandler.GET");
      }
      case "PUT" -> limit("put:" + cluster, 20, EACH_MINUTE, "PutManagedClusterHandler.PUT");
      default -> others(call, "ManagedCluster");
    };
  }

  static List<Limit> ofPools(Call call) {
    return call.ask().method().equals("PUT")
        ? limit("put:" + call.target().path(), 20, EACH_MINUTE, "PutAgentPoolHandler.PUT")
        : others(call, "AgentPool");
  }

  static List<Limit> ofOperations(Call call) {
    return limit("status:" + subscription(call), 200, 2, "GetOperationStatusHandler.GET");
  }

  /// All that has no bucket of its own shares the subscription's.
  static List<Limit> others(Call call, String what) {
    String method = call.ask().method();
    String verb = method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
    return limit(
        "other:" + subscription(call), 60, 1, "%s%sHandler.%s".formatted(verb, what, method));
  }

  private static String subscription(Call call) {
    return "/subscriptions/" + call.target().subscription().orElse("");
  }

  private static List<Limit> limit(String key, int burst, double perSecond, String handler) {
    var bucket = new Bucket("aks:" + key.toLowerCase(Locale.ROOT), burst, perSecond);
    return List.of(new Limit(bucket, new Limit.Overflow.ContainerService(handler)));
  }
}
