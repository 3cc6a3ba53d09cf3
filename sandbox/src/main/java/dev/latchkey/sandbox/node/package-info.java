/// The nodes of the simulated clusters: the workload identity webhook, controllers, kubelets, pods.
///
/// Start at [Nodes]. Knows `kubernetes`; no ARM, no Entra.
@NullMarked
package dev.latchkey.sandbox.node;

import org.jspecify.annotations.NullMarked;
