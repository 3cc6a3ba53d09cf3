/// Azure Resource Manager: clusters, identities, role assignments, vaults, as raw JSON trees.
///
/// One class per port; what they share is in [Arm]. Trees are sent back as they came, so nothing
/// that we do not know is lost.
@NullMarked
package dev.latchkey.azure.arm;

import org.jspecify.annotations.NullMarked;
