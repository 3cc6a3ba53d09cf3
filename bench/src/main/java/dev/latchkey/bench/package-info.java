/// Measures the packaged command line against a sandbox in this process.
///
/// Start at [Bench]. Knows the sandbox and the program as a process; no class of the product.
@NullMarked
package dev.latchkey.bench;

import org.jspecify.annotations.NullMarked;
