/// Entra ID and issuers, as far as proofs need them: no cache, each answer is fresh.
@NullMarked
package dev.latchkey.azure.entra;

import org.jspecify.annotations.NullMarked;
