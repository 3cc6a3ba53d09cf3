/// Role assignments, role definitions and the caller's own permissions, as ARM resources.
///
/// Start at [RoleAssignments]. Knows the gateway; who may do what is decided in `access`.
@NullMarked
package dev.latchkey.sandbox.authorization;

import org.jspecify.annotations.NullMarked;
