/// Key vaults and the names of their secrets, as ARM resources.
///
/// Start at [KeyVaults]; the data plane reads [Vaults] and provides [SecretNames]. Knows the
/// gateway; no secret value is kept here.
@NullMarked
package dev.latchkey.sandbox.vault;

import org.jspecify.annotations.NullMarked;
