/// Clusters from the inside: their API servers and the Helm releases in them.
///
/// Start at [KubernetesPorts], which gives the engine the two ports that are implemented here.
@NullMarked
package dev.latchkey.kubernetes;

import org.jspecify.annotations.NullMarked;
