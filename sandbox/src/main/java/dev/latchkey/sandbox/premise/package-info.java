/// Situations that are set in the simulated world from outside, and undone: the classic mistakes.
///
/// Start at [Premise], the list of them, then [Premises]. One class makes those of each area true.
@NullMarked
package dev.latchkey.sandbox.premise;

import org.jspecify.annotations.NullMarked;
