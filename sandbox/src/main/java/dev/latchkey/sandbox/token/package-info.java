/// RSA keys and JSON web tokens: issued with RS256, and really verified.
///
/// Start at [Jwt] and [Keys]. Knows the clock.
@NullMarked
package dev.latchkey.sandbox.token;

import org.jspecify.annotations.NullMarked;
