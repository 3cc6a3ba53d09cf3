/// The one way by which requests to Azure leave.
///
/// Start at [Transport]: every attempt passes the gate, is retried within bounds, logged, and its
/// refusals are translated once. Knows no kind of resource and no token but the one it sends.
@NullMarked
package dev.latchkey.azure.transport;

import org.jspecify.annotations.NullMarked;
