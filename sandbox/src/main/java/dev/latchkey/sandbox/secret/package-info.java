/// Key Vault's data plane: the challenge, who may do what, and the secrets themselves.
///
/// Start at [KeyVault]; [Secrets] is the only state. Which vaults there are and how they guard
/// themselves comes through [KnownVaults].
@NullMarked
package dev.latchkey.sandbox.secret;

import org.jspecify.annotations.NullMarked;
