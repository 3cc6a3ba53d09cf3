/// How the caller signs in.
///
/// Start at [Sources], which chooses; [Tokens] hands out tokens. No token is ever logged or
/// printed.
@NullMarked
package dev.latchkey.azure.credential;

import org.jspecify.annotations.NullMarked;
