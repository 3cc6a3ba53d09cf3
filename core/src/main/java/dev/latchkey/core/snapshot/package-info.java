/// What was seen before anything was changed; a value.
///
/// Start at [Snapshot].
@NullMarked
package dev.latchkey.core.snapshot;

import org.jspecify.annotations.NullMarked;
