/// What is wanted: one resolved target per cluster.
///
/// Start at [Fleet]. Knows `resource` only; the file that it came from is the command line's
/// business.
@NullMarked
package dev.latchkey.core.fleet;

import org.jspecify.annotations.NullMarked;
