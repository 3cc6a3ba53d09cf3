/// The OIDC issuers that Entra ID trusts from outside: those of the clusters, and the pipeline's.
///
/// Start at [Issuers]. Knows which clusters exist and their keys; nothing of Entra ID.
@NullMarked
package dev.latchkey.sandbox.issuer;

import org.jspecify.annotations.NullMarked;
