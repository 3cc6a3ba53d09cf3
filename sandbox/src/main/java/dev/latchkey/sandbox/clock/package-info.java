/// Time and chance of the simulated world: the clock, the pace that divides durations, and the
/// seed.
///
/// Start at [SandboxClock]. Knows nothing else of the sandbox.
@NullMarked
package dev.latchkey.sandbox.clock;

import org.jspecify.annotations.NullMarked;
