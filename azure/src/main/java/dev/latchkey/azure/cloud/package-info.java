/// Which Azure: its endpoints, and whom to trust there.
///
/// Start at [Cloud]. Values only; sends nothing.
@NullMarked
package dev.latchkey.azure.cloud;

import org.jspecify.annotations.NullMarked;
