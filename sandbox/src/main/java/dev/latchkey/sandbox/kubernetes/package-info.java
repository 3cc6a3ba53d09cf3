/// The Kubernetes API of each simulated cluster: one generic server over one store of JSON trees.
///
/// Start at [KubernetesClusters] and [ApiServer]; [Resources] holds the rules of a write. Knows the
/// clock, tokens, access and the view of a cluster; not who runs pods: that is `node`, which joins
/// in through [NodeSide].
@NullMarked
package dev.latchkey.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
