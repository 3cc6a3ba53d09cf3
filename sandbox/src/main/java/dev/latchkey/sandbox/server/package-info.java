/// The wire: ports, TLS, origins, the request log; and the whole sandbox put together.
///
/// Start at [Sandbox]. The only package that opens sockets; everything that is answered is decided
/// in the packages before it.
@NullMarked
package dev.latchkey.sandbox.server;

import org.jspecify.annotations.NullMarked;
