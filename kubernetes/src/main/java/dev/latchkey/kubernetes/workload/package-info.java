/// What runs in a cluster: service accounts, pods, rollouts.
///
/// Start at [FabricWorkloads]; what decides whether a rollout is done, stuck or on its way is
/// [RolloutPicture], which asks nobody. Knows `access` and `manifest`, not Helm.
@NullMarked
package dev.latchkey.kubernetes.workload;

import org.jspecify.annotations.NullMarked;
