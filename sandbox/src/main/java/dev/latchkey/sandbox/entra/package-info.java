/// Entra ID: the tenant's discovery documents, its keys, and its token endpoint.
///
/// Start at [Entra]; [Exchange] holds the order in which Azure checks a token request. Knows keys
/// and the directory; how an issuer's documents are fetched and which federated credentials exist
/// comes through [Fetch] and [Trusts].
@NullMarked
package dev.latchkey.sandbox.entra;

import org.jspecify.annotations.NullMarked;
