/// Shows that latchkey survives what can happen to it, on the simulated Azure and in virtual time:
/// a crash at every request, and storms of faults.
///
/// Start at [TortureCommand]; [VirtualTime] tells how time passes, [Oracle] what a run may write.
/// Sees the sandbox, as `rehearsal` does.
@NullMarked
package dev.latchkey.cli.torture;

import org.jspecify.annotations.NullMarked;
