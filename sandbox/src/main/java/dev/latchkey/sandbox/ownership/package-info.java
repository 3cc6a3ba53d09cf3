/// Who owns which field of an object: `managedFields` and server-side apply.
///
/// Start at [FieldManager]. The rules are those of Kubernetes' structured-merge-diff: sets of
/// paths, compared, merged and pruned by the types of `schema`. Pure: no store, no clock.
@NullMarked
package dev.latchkey.sandbox.ownership;

import org.jspecify.annotations.NullMarked;
