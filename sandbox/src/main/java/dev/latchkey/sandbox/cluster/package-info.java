/// AKS clusters as ARM resources: their shapes, their long-running operations, their credentials.
///
/// Start at [Clusters] for what the rest of the world sees of a cluster.
@NullMarked
package dev.latchkey.sandbox.cluster;

import org.jspecify.annotations.NullMarked;
