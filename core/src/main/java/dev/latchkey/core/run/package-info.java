/// The engine: looks at the fleet, then walks each cluster's steps side by side.
///
/// Start at [Runner]. The only package of core that starts threads or waits.
@NullMarked
package dev.latchkey.core.run;

import org.jspecify.annotations.NullMarked;
