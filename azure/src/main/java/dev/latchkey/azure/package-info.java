/// The Azure side of latchkey: the ports of core, answered by ARM, Entra ID and Key Vault.
///
/// Start at [AzurePorts], which puts everything together; then `transport`, which every request
/// passes.
@NullMarked
package dev.latchkey.azure;

import org.jspecify.annotations.NullMarked;
