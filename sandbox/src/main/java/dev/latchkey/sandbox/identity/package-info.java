/// Managed identities and their federated credentials, and the dates from which they count.
///
/// Start at [UserAssignedIdentities]; Entra reads [Credentials]. Knows the gateway and the
/// directory.
@NullMarked
package dev.latchkey.sandbox.identity;

import org.jspecify.annotations.NullMarked;
