/// How fast Azure may be asked, and how long it takes to notice what was written.
///
/// Start at [Lag] for the known delays, at [Limits] for the table of all figures. Pure: no clock,
/// no threads.
@NullMarked
package dev.latchkey.core.gate;

import org.jspecify.annotations.NullMarked;
