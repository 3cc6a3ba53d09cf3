/// The engine against the sandbox, over TLS and in one process: what happens when things go wrong.
///
/// Start at [Stage], which wires both as the commands do.
@NullMarked
package dev.latchkey.cli.engine;

import org.jspecify.annotations.NullMarked;
