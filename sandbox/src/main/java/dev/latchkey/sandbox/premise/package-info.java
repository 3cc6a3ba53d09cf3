/// Situations that users meet and that can be set on purpose, to see what is said about them.
///
/// Start at [Premise]. A premise changes what is stored, never what is answered.
@NullMarked
package dev.latchkey.sandbox.premise;

import org.jspecify.annotations.NullMarked;
