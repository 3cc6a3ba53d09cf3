/// The types of Kubernetes' objects: which there are, which fields they have, and who may own what.
///
/// Start at [Kinds]; [Structure] is what one type looks like, [OpenApi] how it is published. Knows
/// no object and no cluster.
@NullMarked
package dev.latchkey.sandbox.schema;

import org.jspecify.annotations.NullMarked;
