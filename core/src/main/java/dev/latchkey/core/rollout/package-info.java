/// Which cluster may begin next: waves, budgets and soak as a state machine.
///
/// Start at [Schedule]. Pure: no clock, no I/O, no threads; who asks brings the time and does what
/// [Move] says. Knows `resource`, `fleet` and `event` only.
@NullMarked
package dev.latchkey.core.rollout;

import org.jspecify.annotations.NullMarked;
