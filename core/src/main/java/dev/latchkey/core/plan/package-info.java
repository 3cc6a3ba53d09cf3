/// What shall change: the difference between what is wanted and what is there, as values.
///
/// Start at [Step], the graph of one cluster's six steps; [Change] lists all that can happen to a
/// thing. Pure: no clock, no threads, no port.
@NullMarked
package dev.latchkey.core.plan;

import org.jspecify.annotations.NullMarked;
