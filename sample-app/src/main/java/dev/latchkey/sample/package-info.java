/// A small web application that reads its secrets with workload identity, and is ready only once it
/// has them.
///
/// Start at [Main]. Each reading tells which hop refused it, and never a value or a token.
@NullMarked
package dev.latchkey.sample;

import org.jspecify.annotations.NullMarked;
