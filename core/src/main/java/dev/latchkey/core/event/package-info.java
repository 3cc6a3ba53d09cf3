/// What happened, in the order in which it happened. All that is shown is a fold over these.
///
/// Start at [Event]. Knows plan and trust.
@NullMarked
package dev.latchkey.core.event;

import org.jspecify.annotations.NullMarked;
