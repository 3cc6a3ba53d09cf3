/// What stands in the temporary folder for a while, named by the process that it belongs to.
///
/// Start at [OwnedName].
@NullMarked
package dev.latchkey.kubernetes.temporary;

import org.jspecify.annotations.NullMarked;
