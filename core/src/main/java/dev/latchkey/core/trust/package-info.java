/// The proof of access: the way from a pod's token to a secret, hop by hop.
///
/// Start at [Hop]. Values and comparisons only; who asks Azure and the cluster is step 6.
@NullMarked
package dev.latchkey.core.trust;

import org.jspecify.annotations.NullMarked;
