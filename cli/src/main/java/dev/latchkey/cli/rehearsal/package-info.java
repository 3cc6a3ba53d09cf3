/// Starts the sandbox for the commands `demo` and `sandbox`: the only place of the command line
/// that knows that there is one.
///
/// Start at [Rehearsals].
@NullMarked
package dev.latchkey.cli.rehearsal;

import org.jspecify.annotations.NullMarked;
