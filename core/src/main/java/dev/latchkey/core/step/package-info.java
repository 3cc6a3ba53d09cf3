/// The six steps of one cluster, each with a plan that is pure and an apply that acts.
///
/// Start at [Steps], then one file per step in the order of the graph.
@NullMarked
package dev.latchkey.core.step;

import org.jspecify.annotations.NullMarked;
