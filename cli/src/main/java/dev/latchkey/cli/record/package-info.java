/// What is kept of a run.
///
/// Start at [RunRecord]. Knows `core.event` and the documents of `render`; writes no secret: events
/// hold none.
@NullMarked
package dev.latchkey.cli.record;

import org.jspecify.annotations.NullMarked;
