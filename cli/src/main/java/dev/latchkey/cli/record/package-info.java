/// What is kept of a run.
///
/// Start at [EventLog]. Knows `core.event`; writes where it is told to, and no secret: events hold
/// none.
@NullMarked
package dev.latchkey.cli.record;

import org.jspecify.annotations.NullMarked;
