/// Helm releases, by Helm's own code in this process.
///
/// Start at [HelmJavaReleases]; [ReleaseSecret] reads the records that Helm keeps in the cluster,
/// [ChartFiles] the charts of this machine. Knows `access`, `manifest` and `workload`.
@NullMarked
package dev.latchkey.kubernetes.helm;

import org.jspecify.annotations.NullMarked;
