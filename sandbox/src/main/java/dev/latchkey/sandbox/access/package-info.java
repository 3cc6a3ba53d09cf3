/// Who may do what: principals of the directory, roles, assignments, conditions.
///
/// Start at [Access]. Knows the clock; no service.
@NullMarked
package dev.latchkey.sandbox.access;

import org.jspecify.annotations.NullMarked;
