/// One question and one answer of the simulated Azure, without sockets.
///
/// Start at [Service]: each simulated service is a function from [Ask] to [Answer]; the server adds
/// TLS and the wire. Knows nothing else of the sandbox.
@NullMarked
package dev.latchkey.sandbox.message;

import org.jspecify.annotations.NullMarked;
