/// What can go wrong, told so that a user can act on it.
///
/// Start at [Problem]. Each area keeps its own problems and their wording beside its code.
@NullMarked
package dev.latchkey.core.problem;

import org.jspecify.annotations.NullMarked;
